"""Collects the texts of cases that are data: why a case was closed, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.findings import AT_RISK
from bot.features.cases.flows.snooze import HOURS
from bot.features.cases.models.cases import CloseReason
from bot.features.cases.models.seller_facts import SharedTrait
from bot.features.cases.rules.inputs import Where
from bot.features.cases.views.title import POINTS, UNREAD


def cases() -> Mapping[str, frozenset[str]]:
    """Return the texts of cases that ``tr_data`` says, by what they are."""
    return {
        "reasons to close": frozenset(each.label for each in CloseReason),
        "points": frozenset((*POINTS.values(), UNREAD)),
        "pauses": frozenset(HOURS.values()),
        "where a seller is trusted": frozenset(each.label for each in Where),
        "facts of cases": frozenset((AT_RISK, "Note", "Not in Amazon's list")),
        "what two sellers have in common": frozenset(each.label for each in SharedTrait),
    }
