"""The examples that the likeness of letters is learned from, by who wrote them.

Those in ``examples/`` were written for this, by writers who saw neither the rules nor each other's
examples: ``messages`` to buyers and ``requests`` to support as a whole, and ``sentences`` alone, in
which the harmless ones use the words of the others. The sets of the rules' own tests are examples
too, but not the third ones: those stay unseen, and show what is stopped of new letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from bot.features.letters.models.buyer_messages import Message, Remedy, Situation
from bot.features.letters.rules.likeness import Kind
from bot.features.letters.texts.writing import buyer_message
from tests.unit.features.letters.measuring import SETS, Sample

FOLDER = Path(__file__).with_name("examples")
LEARNED = ("en", "de")
WRITERS = {
    Kind.BUYERS: (
        (SETS / "buyers.toml", SETS / "buyers_2.toml"),
        (SETS / "misleading_buyers.toml",),
        *((FOLDER / f"messages_{number}.toml",) for number in (1, 2, 3)),
    ),
    Kind.SUPPORT: (
        (SETS / "support.toml", SETS / "support_2.toml"),
        (SETS / "misleading_support.toml",),
        *((FOLDER / f"requests_{number}.toml",) for number in (1, 2, 3)),
    ),
}
"""The files of letters, together if one writer wrote them."""
SENTENCES = tuple(FOLDER / f"sentences_{number}.toml" for number in (1, 2, 3, 4, 5))
SHARED = {"insult-threat"}
"""What is as wrong in a request as in a message."""
UNSAID = {"no-identifiers", "no-date"}
"""What is wrong with a request that lacks something: no sentence of it shows that."""


class Letters(msgspec.Struct, frozen=True):
    """Letters in one language."""

    bad: tuple[str, ...]
    good: tuple[str, ...]


class Examples(msgspec.Struct, frozen=True):
    """Everything that one model is learned from."""

    bad_letters: tuple[str, ...]
    good_letters: tuple[str, ...]
    bad_sentences: tuple[str, ...]
    good_sentences: tuple[str, ...]


class _Letters(msgspec.Struct, frozen=True):
    good: tuple[Sample, ...]
    violation: tuple[Sample, ...] = ()
    """Of messages."""
    bad: tuple[Sample, ...] = ()
    """Of requests."""


class _Sentences(msgspec.Struct, frozen=True):
    violation: dict[str, dict[str, tuple[str, ...]]]
    harmless: dict[str, tuple[str, ...]]


def letters(files: Iterable[Path], language: str) -> Letters:
    """Return the letters in the files that are in the language."""
    bad: list[str] = []
    good: list[str] = []
    for path in files:
        read = msgspec.toml.decode(path.read_bytes(), type=_Letters)
        wrong = [*read.violation, *read.bad]
        bad += [e.text for e in wrong if e.lang == language and e.what not in UNSAID]
        good += [each.text for each in read.good if each.lang == language]
    return Letters(tuple(bad), tuple(good))


def examples(kind: Kind, language: str, writers: Sequence[Sequence[Path]]) -> Examples:
    """Return what these writers wrote, and all sentences."""
    written = [letters(files, language) for files in writers]
    apart = [msgspec.toml.decode(path.read_bytes(), type=_Sentences) for path in SENTENCES]
    wrong = [
        text
        for each in apart
        for what, texts in each.violation[language].items()
        if kind is Kind.BUYERS or what in SHARED
        for text in texts
    ]
    harmless = [text for each in apart for text in each.harmless[language]]
    return Examples(
        bad_letters=tuple(text for each in written for text in each.bad),
        good_letters=tuple(text for each in written for text in each.good) + own(kind, language),
        bad_sentences=tuple(wrong),
        good_sentences=tuple(harmless),
    )


def own(kind: Kind, language: str) -> tuple[str, ...]:
    """Return the messages that Brandwarden drafts: what it proposes itself, it does not stop."""
    if kind is not Kind.BUYERS:
        return ()
    facts = (
        Message(brand="Us", order="111-1111111-1111111", situation=situation, remedy=remedy)
        for situation in Situation
        for remedy in Remedy
    )
    return tuple(buyer_message(each, language) for each in facts)


def digest(kind: Kind, language: str) -> str:
    """Return the digest of everything that the model of a language is learned from."""
    whole = examples(kind, language, WRITERS[kind])
    return sha256(msgspec.json.encode(whole)).hexdigest()
