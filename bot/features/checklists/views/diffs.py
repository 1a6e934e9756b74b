"""How a proof differs, in the language of the interface; what is stored of it is English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.interface import together, tr, tr_count, tr_data
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import ProofDiff
from bot.features.checklists.rules.proof_diff import NAMED

_STAYED = re.compile(
    r"The date has not changed since the last review: (?P<now>.+), previously (?P<before>.+)\."
)
_EARLIER = re.compile(
    r"The date is earlier than in the last review: (?P<now>.+), previously (?P<before>.+)\."
)
_JUMPED = re.compile(
    r"The number jumped since the last review: (?P<now>.+), previously (?P<before>.+)\."
)


def diff_words(kind: ProofKind, diff: ProofDiff) -> str:
    """Say how a proof differs from the last one."""
    if diff.names:
        return together(_new(kind, diff), _gone(kind, diff))
    if found := _STAYED.fullmatch(diff.says):
        return tr(
            "The date has not changed since the last review: {now}, previously {before}.",
            now=found["now"],
            before=found["before"],
        )
    if found := _EARLIER.fullmatch(diff.says):
        return tr(
            "The date is earlier than in the last review: {now}, previously {before}.",
            now=found["now"],
            before=found["before"],
        )
    if found := _JUMPED.fullmatch(diff.says):
        return tr(
            "The number jumped since the last review: {now}, previously {before}.",
            now=found["now"],
            before=found["before"],
        )
    return tr_data(diff.says)


def came(kind: ProofKind, number: int) -> str:
    """Return how many are unknown, in words; empty: none are."""
    if not number:
        return ""
    if kind is ProofKind.USERS:
        return tr_count(number, "{count} unknown user", "{count} unknown users")
    return tr_count(number, "{count} unknown app", "{count} unknown apps")


def went(kind: ProofKind, number: int) -> str:
    """Return how many are gone, in words; empty: none are."""
    if not number:
        return ""
    if kind is ProofKind.USERS:
        return tr_count(number, "{count} user gone", "{count} users gone")
    return tr_count(number, "{count} app gone", "{count} apps gone")


def _new(kind: ProofKind, diff: ProofDiff) -> str:
    if not diff.added:
        return ""
    number, names = _number(diff.says, "new", diff.added), _names(diff, "new", diff.added)
    if kind is ProofKind.USERS:
        return tr_count(
            number,
            "{count} user new since the last review: {names}.",
            "{count} users new since the last review: {names}.",
            names=names,
        )
    return tr_count(
        number,
        "{count} app new since the last review: {names}.",
        "{count} apps new since the last review: {names}.",
        names=names,
    )


def _gone(kind: ProofKind, diff: ProofDiff) -> str:
    if not diff.removed:
        return ""
    number, names = _number(diff.says, "gone", diff.removed), _names(diff, "gone", diff.removed)
    if kind is ProofKind.USERS:
        return tr_count(
            number,
            "{count} user gone since the last review: {names}.",
            "{count} users gone since the last review: {names}.",
            names=names,
        )
    return tr_count(
        number,
        "{count} app gone since the last review: {names}.",
        "{count} apps gone since the last review: {names}.",
        names=names,
    )


def _names(diff: ProofDiff, which: str, entries: Sequence[str]) -> str:
    named = tr(", ").join(entries[:NAMED])
    more = _number(diff.says, which, entries) - NAMED
    return tr("{names} and {more} more", names=named, more=more) if more > 0 else named


def _number(says: str, which: str, entries: Sequence[str]) -> int:
    """Return how many the sentence counts: of many, not all are kept."""
    found = re.search(rf"([0-9]+) (?:user|app)s? {which} since", says, re.ASCII)
    return int(found[1]) if found else len(entries)
