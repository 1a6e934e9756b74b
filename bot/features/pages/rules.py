"""What becomes of a page by what people say of it. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.interface import tr
from bot.core.permissions import Person
from bot.errors import UserError
from bot.features.pages.models import WAITING, GuardedPage, PageState

ACCEPTED = 40
"""So many fingerprints of what the team called its own are kept, the newest."""


def approved(page: GuardedPage, who: Person, at: datetime) -> GuardedPage:
    """Approve the baseline as it is. Raises UserError: that was done already."""
    if page.state not in WAITING:
        raise UserError(tr("This page was approved already."))
    return msgspec.structs.replace(
        page,
        state=PageState.APPROVED,
        approved_by=who,
        approved_at=at,
        uncompared="",
        passing=False,
        own=None,
        differences=(),
    )


def taken_back(page: GuardedPage, approval: datetime) -> GuardedPage:
    """Have a page wait again that was approved with others at that moment.

    It stays as it is if a person decided about it since, or if it changed since: its case asks
    about that.
    """
    ended = page.state is PageState.ENDED
    stands = page.resumes if ended else page.state
    if stands is not PageState.APPROVED or page.approved_at != approval or page.changes:
        return page
    return msgspec.structs.replace(
        page,
        state=page.state if ended else PageState.AGREES,
        resumes=PageState.AGREES if ended else None,
        approved_by=None,
        approved_at=None,
    )


def own_change(page: GuardedPage, who: Person, at: datetime) -> GuardedPage:
    """Make what the page says now its baseline. Raises UserError: it says what was approved."""
    if page.page is None or not page.changes:
        raise UserError(tr("The page says what you approved. Nothing is left to decide."))
    told = (*(each.fingerprint for each in page.changes), *page.before)
    accepted = tuple(dict.fromkeys((*told, *page.accepted)))[:ACCEPTED]
    return msgspec.structs.replace(
        page,
        state=PageState.APPROVED,
        baseline=page.page,
        approved_by=who,
        approved_at=at,
        uncompared="",
        passing=False,
        own=None,
        differences=(),
        page=None,
        changes=(),
        doubts=(),
        accepted=accepted,
        before=(),
    )


def by_own_data(page: GuardedPage, who: Person, at: datetime) -> GuardedPage:
    """Make our own listing data the baseline, where the page was wrong when it was first read.

    The next reading tells how the page differs from it. Raises UserError: nothing differs.
    """
    if page.own is None or page.state is not PageState.DIFFERS:
        raise UserError(tr("This page was decided already."))
    return msgspec.structs.replace(
        page,
        state=PageState.APPROVED,
        baseline=page.own.filled(page.baseline),
        approved_by=who,
        approved_at=at,
        uncompared="",
        passing=False,
        own=None,
        differences=(),
        doubts=(),
    )
