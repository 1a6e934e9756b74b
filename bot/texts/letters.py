"""Writing a report's text or a letter from what is known. Templates are in ``reports/``.

A claim's template is a few lines in a language's folder. ``_words.md`` beside it holds what all
claims of that language share, and the files above the folders what all languages share: so the
same facts stand in every text.
"""

from __future__ import annotations

import functools
import re
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.evidence.pieces import PieceKind
from bot.domain.reports.wording import Subject
from bot.ui.cards import SNIPPET
from bot.ui.text import at_word, clip, one_line

FOLDER = Path(__file__).parent / "reports"
ENGLISH = "en"
LETTER = "authorisation"
LONGEST = 1000
"""Characters that are taken of any one thing that is known."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """How much of what is known a text tells: lists by their number, words by characters."""

    titled: int
    """Products that are told with their titles; of the others the ASIN alone."""
    title: int
    products: int = 25
    """As many as one report can be about."""
    purchases: int
    words: int
    """Of what was observed, or how it was verified."""
    pieces: int
    piece: int


ROOMS = (
    Room(titled=25, title=100, purchases=4, words=LONGEST, pieces=15, piece=120),
    Room(titled=12, title=60, purchases=4, words=LONGEST, pieces=10, piece=80),
    Room(titled=3, title=60, purchases=3, words=500, pieces=8, piece=60),
    Room(titled=3, title=50, purchases=2, words=300, pieces=5, piece=60),
    Room(titled=3, title=50, purchases=2, words=150, pieces=5, piece=60),
)
"""The first whose text fits is taken; the last one's always does. What was observed is cut last."""


def report_text(subject: Subject, language: str) -> str:
    """Return the draft of a report; what is not known is a blank in square brackets.

    Without a template in the language it is English.
    """
    return _write(subject.claim.value if subject.claim else LETTER, subject, language)


def authorisation_letter(subject: Subject, language: str) -> str:
    """Return a letter that asks the seller for an authorisation or an invoice."""
    return _write(LETTER, subject, language)


def _write(name: str, subject: Subject, language: str) -> str:
    folder = language if (FOLDER / language / f"{name}.md").is_file() else ENGLISH
    words = _environment().get_template(f"{folder}/_words.md").module
    template = _environment().get_template(f"{folder}/{name}.md")
    facts = _harmless(msgspec.to_builtins(subject, builtin_types=(datetime, date)))
    rests_on = subject.claim.right if subject.claim else None
    text = ""
    for room in ROOMS:
        text = _tidy(template.render(s=facts, w=words, room=room, rests_on=rests_on))
        if len(text) <= SNIPPET:
            break
    return clip(text, SNIPPET)


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _harmless(value: object) -> object:
    """Return what is known with every text on one line, and nothing in it that looks like a blank.

    Whoever names a product or a seller could otherwise write a line of the report, or a blank.
    """
    if isinstance(value, dict):
        return {key: _harmless(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_harmless(each) for each in value]
    if isinstance(value, str):
        return _UNDERSCORES.sub("___", one_line(value, LONGEST).translate(_ROUND))
    return value


_ROUND = str.maketrans("[]{}", "()()")
_UNDERSCORES = re.compile(r"_{4,}")


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _enclosure(line: str, names: dict[str, str]) -> str:
    """Return a piece's line, ``E-3: Paper (invoice)``, with the kind in the text's language."""
    label, parted, rest = line.partition(": ")
    for kind in PieceKind:
        if rest.startswith(kind.label):
            name = names.get(kind.value, kind.label)
            return f"{label}{parted}{name}{rest.removeprefix(kind.label)}"
    return line


@functools.cache
def _environment() -> Environment:
    # Nothing is escaped: the text is plain, and every chat escapes what it shows.
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters.update(brief=at_word, enclosure=_enclosure, utc=_utc)
    return environment
