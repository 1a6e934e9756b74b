"""Sentences that are like those that may not be sent, as ``bot.core.lint.likeness`` tells it.

The models are in ``likeness/``, one for each kind of letter and language; other languages have
phrases alone. ``python -m tests.likeness`` writes them, and prints what the scores below rest on.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from math import inf

from bot.core.interface import tr, tr_data
from bot.core.lint.likeness import Model, read_model
from bot.core.lint.remarks import LetterDraft, Remark

LEARNED = ("en", "de")
"""Languages that there are models for."""
SHOWN = 60
"""Characters of the sentence that a remark says again."""


class Kind(StrEnum):
    """A kind of letter, by the name of its models."""

    BUYERS = "buyers"
    SUPPORT = "support"


STOPS = {Kind.BUYERS: 1.5, Kind.SUPPORT: inf}
"""The score from which on a letter is stopped; a request never is, because no rule forbids it.

Of good messages of writers whose letters were not learned from, 2 of 100 reach it in English and 4
in German; of bad ones 6 in 10.
"""
ADVISES = {Kind.BUYERS: 1.0, Kind.SUPPORT: 0.5}
"""The score from which on it is looked at again: 4 in 10 bad requests, and 1 good one of 168."""
HARMLESS = -0.5
"""The score below which what a phrase finds is advice: the text speaks of it, but asks nothing."""

KNOWN = {
    Kind.BUYERS: "what Amazon doesn't allow in messages to buyers",
    Kind.SUPPORT: "what gets a request to support sent back",
}
"""What a letter is like that may not be sent."""


def model_of(kind: Kind, language: str) -> Model:
    """Return the model of a language."""
    return read_model(__file__, f"{kind}.{language}")


def likeness(draft: LetterDraft, kind: Kind, language: str) -> Iterator[Remark]:
    """No sentence is like those that may not be sent; one that is a little is looked at again."""
    if language not in LEARNED:
        return
    sentence, score = model_of(kind, language).likest(draft.text)
    if score < ADVISES[kind]:
        return
    shown = sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN].rstrip()}..."
    stops = score >= STOPS[kind]
    known = tr_data(KNOWN[kind])
    says = (
        tr(
            "'{words}' reads like {known}. Say it in other words, or leave it out.",
            words=shown,
            known=known,
        )
        if stops
        else tr("'{words}' comes close to {known}. Read it again.", words=shown, known=known)
    )
    yield Remark(rule="Not like known violations", says=says, stops=stops)


def harmless(draft: LetterDraft, kind: Kind, language: str) -> bool:
    """Tell whether no sentence is like those that may not be sent; False if it is not known."""
    if language not in LEARNED:
        return False
    return model_of(kind, language).likest(draft.text)[1] < HARMLESS
