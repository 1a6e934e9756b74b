"""What a buyer may not be asked for (facts: messages to buyers): most ask for it in other words.

The phrases that these rules look for are in ``buyers_asks.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from bot.core.interface import tr
from bot.core.lint.phrases import SHOWN, found, near, read_phrases, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

BESIDE = 160
"""Characters between what is spoken of and what is asked about it."""
DENIED = 30
"""Characters before a request in which it may be denied."""
WORDS = 90
"""The same within a sentence."""


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``buyers_asks.toml``."""

    choice: re.Pattern[str]
    denied: re.Pattern[str]
    cancel: re.Pattern[str]
    claim: re.Pattern[str]
    settled: re.Pattern[str]
    past_amazon: re.Pattern[str]
    hand_over: re.Pattern[str]
    data: re.Pattern[str]
    kept: re.Pattern[str]
    prying: re.Pattern[str]
    bargain: re.Pattern[str]
    tells: re.Pattern[str]
    pleased: re.Pattern[str]
    among_us: re.Pattern[str]
    neutral: re.Pattern[str]
    pleads: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    """Read the lists when a text is first looked at: a start of the program would wait for them."""
    return read_phrases(__file__, _Phrases)


def cancellation(draft: BuyerDraft) -> Iterator[Remark]:
    """An order that we cannot ship is canceled by us: the buyer's reason would be untrue."""
    for sentence in sentences(draft.text):
        words = "" if found(_phrases().choice, sentence) else _asked(_phrases().cancel, sentence)
        if words:
            says = tr("'{words}' asks the buyer to cancel. Cancel the order yourself.", words=words)
            yield Remark(rule="Doesn't ask the buyer to cancel", says=says)
            return


def claim(draft: BuyerDraft) -> Iterator[Remark]:
    """A claim is answered at Amazon; the buyer decides about it alone."""
    kept = " ".join(each for each in sentences(draft.text) if not found(_phrases().denied, each))
    if words := near(_phrases().claim, _phrases().settled, kept, BESIDE):
        says = tr(
            "'{words}' asks the buyer to drop a claim. Answer the claim in Seller Central.",
            words=words,
        )
        yield Remark(rule="Doesn't ask to withdraw a claim", says=says)


def payment(draft: BuyerDraft) -> Iterator[Remark]:
    """Everything is ordered and paid at Amazon."""
    if words := found(_phrases().past_amazon, draft.text):
        says = tr("'{words}' leads to a deal outside Amazon. Remove it.", words=words)
        yield Remark(rule="No orders or payments outside Amazon", says=says)


def personal(draft: BuyerDraft) -> Iterator[Remark]:
    """Amazon has the address, and nobody needs a buyer's papers."""
    for sentence in sentences(draft.text):
        if found(_phrases().kept, sentence) or found(_phrases().denied, sentence):
            continue
        asked = near(_phrases().hand_over, _phrases().data, sentence, WORDS)
        if words := asked or found(_phrases().prying, sentence):
            says = tr(
                "'{words}' asks for personal data. Amazon has what the order needs.", words=words
            )
            yield Remark(rule="Doesn't ask for personal data", says=says)
            return


def bargain(draft: BuyerDraft) -> Iterator[Remark]:
    """A refund is made in Manage Orders, and depends on nothing that the buyer does for it."""
    if words := found(_phrases().bargain, draft.text):
        says = tr(
            "'{words}' bargains. Refund what is due in Manage Orders and say so.", words=words
        )
        yield Remark(rule="Doesn't bargain for a refund", says=says)


def gating(draft: BuyerDraft) -> Iterator[Remark]:
    """Who is asked for a review is asked whatever they think."""
    if found(_phrases().neutral, draft.text) or not found(_phrases().pleased, draft.text):
        return
    if words := near(_phrases().tells, _phrases().among_us, draft.text, BESIDE):
        says = tr(
            "'{words}' lets only happy buyers speak. Ask for every opinion, or leave it out.",
            words=words,
        )
        yield Remark(rule="Doesn't ask only happy buyers for a review", says=says)


def pleading(draft: BuyerDraft) -> Iterator[Remark]:
    """What a buyer gets depends on the order alone, and our trouble is none of theirs."""
    if words := found(_phrases().pleads, draft.text):
        says = tr(
            "'{words}' pleads or trades. Say what happened and what you do about it.", words=words
        )
        yield Remark(rule="Doesn't plead or trade", says=says)


def _asked(pattern: re.Pattern[str], sentence: str) -> str:
    """Return what the pattern finds, unless it is denied just before."""
    match = pattern.search(sentence)
    if match is None or found(_phrases().denied, sentence[: match.start()][-DENIED:]):
        return ""
    return match[0].strip()[:SHOWN]
