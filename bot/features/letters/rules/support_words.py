"""What has no place in a request to Amazon's support, however it is put.

The phrases that these rules look for are in ``support_words.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from bot.core.interface import tr
from bot.core.lint.phrases import flat, found, near, read_phrases, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

BESIDE = 120
"""Characters between a rival and what he is accused of."""


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``support_words.toml``."""

    rival: re.Pattern[str]
    bystander: re.Pattern[str]
    behind: re.Pattern[str]
    accuses: re.Pattern[str]
    price: re.Pattern[str]
    others: re.Pattern[str]
    own_price: re.Pattern[str]
    access: re.Pattern[str]
    lured: re.Pattern[str]
    confessed: re.Pattern[str]
    scorn: re.Pattern[str]
    menace: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    """Read the lists when a text is first looked at: a start of the program would wait for them."""
    return read_phrases(__file__, _Phrases)


def accusation(draft: SupportDraft) -> Iterator[Remark]:
    """Amazon finds out who it was; a guess is an accusation."""
    accused = _phrases().bystander.sub(";", flat(draft.text))
    guessed = near(_phrases().rival, _phrases().behind, accused, BESIDE)
    if words := found(_phrases().accuses, draft.text) or guessed:
        says = tr(
            "'{words}' accuses someone. Say what you saw, and let Amazon find out who it was.",
            words=words,
        )
        yield Remark(rule="Accuses no one", says=says)


def price(draft: SupportDraft) -> Iterator[Remark]:
    """What others charge is a matter of contracts (facts: lawful); our own price is ours."""
    told = (each for each in sentences(draft.text) if not found(_phrases().own_price, each))
    others = (each for each in told if found(_phrases().others, each))
    if words := next(filter(None, (found(_phrases().price, each) for each in others)), ""):
        says = tr("'{words}': Amazon does not enforce prices or contracts. Remove it.", words=words)
        yield Remark(rule="No price or contract matters", says=says)


def access(draft: SupportDraft) -> Iterator[Remark]:
    """Nobody at Amazon needs to sign in as us, however it is put."""
    told = (each for each in sentences(draft.text) if not found(_phrases().lured, each))
    if words := next(filter(None, (found(_phrases().access, each) for each in told)), ""):
        says = tr(
            "'{words}' hands over access. Remove it, and change what you wrote down.", words=words
        )
        yield Remark(rule="No access handed over", says=says)


def confession(draft: SupportDraft) -> Iterator[Remark]:
    """What breaks Amazon's rules is ended, and not told in passing."""
    if words := found(_phrases().confessed, draft.text):
        says = tr(
            "'{words}' says that you broke a rule yourself. Talk to a lawyer first.", words=words
        )
        yield Remark(rule="Admits no violation of ours", says=says)


def scorn(draft: SupportDraft) -> Iterator[Remark]:
    """Who answers did not decide what came before, and is not to be frightened."""
    if words := found(_phrases().scorn, draft.text) or found(_phrases().menace, draft.text):
        yield Remark(
            rule="Courteous to the reader", says=tr("Rephrase this without '{words}'.", words=words)
        )


UNFIT = (access, accusation, price, confession, scorn)
"""The gravest first."""
