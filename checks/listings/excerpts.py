"""The place where two texts differ, short enough to stand side by side."""

from __future__ import annotations

from itertools import takewhile

from bot.core.text import CUT, at_word
from checks.wording.wording import Wording, wording
from checks.wording.words import Word

LONGEST = 160
"""Letters of an excerpt."""
CONTEXT = 4
"""Words that stay on each side of the difference."""
LEAD = 30
"""Letters that stay before a place."""
NOTHING = "(empty)"


def excerpts(before: str, after: str, tag: str) -> tuple[str, str]:
    """Return what two texts say where they differ, with a few words around it."""
    old, new = wording(before, tag), wording(after, tag)
    if max(len(old.text), len(new.text)) <= LONGEST:
        return old.text or NOTHING, new.text or NOTHING
    head = _common(old.words, new.words)
    rest = min(len(old.words), len(new.words)) - head
    tail = min(rest, _common(old.words[::-1], new.words[::-1]))
    return _around(old, head, tail), _around(new, head, tail)


def around(text: str, place: int) -> str:
    """Return a plain text from some words before a place on, if it is too long as a whole."""
    start = text.rfind(" ", 0, max(0, place - LEAD)) + 1 if len(text) > LONGEST else 0
    return at_word(f"{CUT if start else ''}{text[start:]}", LONGEST) or NOTHING


def _common(old: tuple[Word, ...], new: tuple[Word, ...]) -> int:
    """Return how many words two texts begin with alike."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].value == pair[1].value, pairs))


def _around(said: Wording, head: int, tail: int) -> str:
    """Return a text from some words before its difference to some words behind it."""
    if not said.words:
        return at_word(said.text, LONGEST) or NOTHING
    first, last = max(0, head - CONTEXT), min(len(said.words), len(said.words) - tail + CONTEXT)
    start = said.words[first].start if first else 0
    end = said.words[last - 1].end if last < len(said.words) else len(said.text)
    lead, trail = CUT if first else "", CUT if last < len(said.words) else ""
    return at_word(f"{lead}{said.text[start:end]}{trail}", LONGEST)
