"""What matters of an offer page's text: who sells, at what price, from where, in which state."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 8
"""Lines that are told."""
READ = 100_000
"""Characters of the page that are looked through."""
LONGEST = 160
"""Characters of a line."""
_LABELS = (
    # English, German, French, Spanish and Italian, as Amazon's pages say it.
    r"sold by|ships from|dispatched from|fulfilled by|condition|"
    r"verkäufer|verkauf durch|verkauft von|versand durch|zustand|"
    r"vendu par|vendeur|expédié par|expéditeur|état|"
    r"vendido por|vendedor|enviado por|estado|"
    r"venduto da|venditore|spedito da|mittente|condizione"
)
_JAPANESE = "販売元|出荷元|発送元|コンディション"
"""Japanese sets no blank behind a word."""
_LABEL = re.compile(rf"(?:(?:{_LABELS})(?![\w-])|{_JAPANESE})\s*:?\s*(?P<said>.*)", re.IGNORECASE)
_LETTER = "[0-9a-z\u00df-\u024f]"
"""A letter or digit of a language that sets blanks between words, casefolded."""


def telling_lines(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that name what is ``known`` (seller, price), and labels with their values.

    A label that stands alone is told with the line below it: ``Sold by: BrightLeaf Store 88``.
    """
    lines = [line for raw in text[:READ].splitlines() if (line := " ".join(raw.split()))]
    wanted = [_whole(each.casefold()) for each in known if len(each) > 1]
    told: dict[str, None] = {}
    below = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        label = _LABEL.fullmatch(line)
        if label and not label["said"] and following:
            told[f"{line.rstrip(' :')}: {following}"[:LONGEST]] = None
            below = True
            continue
        named = any(each.search(line.casefold()) for each in wanted)
        if not below and (label or named) and len(line) <= LONGEST:
            told[line] = None
        below = False
        if len(told) >= MOST:
            break
    return tuple(told)[:MOST]


def _whole(name: str) -> re.Pattern[str]:
    """Return what finds the name, and not a longer word or number that it is a part of."""
    begins = f"(?<!{_LETTER})" if re.match(_LETTER, name) else ""
    ends = f"(?!{_LETTER}|[.,][0-9])" if re.match(_LETTER, name[-1]) else ""
    return re.compile(begins + re.escape(name) + ends)
