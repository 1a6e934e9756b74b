"""What the messages of a case are called in every chat."""

from __future__ import annotations

from bot.features.cases.models.cases import Case


def head_of(case: Case) -> str:
    """Return the name of the message that heads the case's thread."""
    return case.label


def told_in(case: Case, place: int) -> str:
    """Return the name of the message that tells the thread of the entry at that place."""
    return f"{head_of(case)}/{place}"


def thread_of(case: Case) -> str:
    """Return the name of the message in whose thread the case is discussed."""
    return case.alert_group or head_of(case)
