"""Approving all pages at once can be undone: they wait again, but what was decided since stays."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.collections import AUDIT, JOBS
from bot.core.permissions import Person
from bot.core.scanning import each
from bot.core.undo.models import UNDO_FOR
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, GuardedPage, PageApproval, PageState
from bot.features.pages.service import batches
from tests.unit.conftest import ANA, ASIN, BEN, VIK, Team, notice
from tests.unit.features.pages.guarded import HIJACKED, KEY, OTHER, Pages
from tests.unit.features.pages.test_guarding_pages import WHOLE, card, labels, told


async def request(team: Team) -> PageApproval:
    [approval] = await team.app.store.page(PAGE_APPROVALS)
    return approval


async def states(pages: Pages) -> list[PageState]:
    return [(await pages.known(key)).state for key in (KEY, OTHER)]


async def test_what_was_approved_at_once_waits_again(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    act = card(team, "Ana approved 2 product pages.")
    assert "wait for approval again" in act.body
    assert labels(act) == ["Undo"]
    await team.undo(BEN)
    assert (await request(team)).state is ApprovalState.RETURNING
    assert labels(card(team, WHOLE)) == []
    await team.work()
    assert await states(pages) == [PageState.AGREES] * 2
    page = await pages.known()
    assert (page.approved_by, page.approved_at) == (None, None)
    assert told(card(team, WHOLE)) == {"Agree with your data": "2"}
    assert labels(card(team, WHOLE)) == ["Approve all that agree"]
    assert await team.app.store.count(JOBS) == 0


async def test_undone_approval_can_be_given_again_and_undone_again(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await team.undo()
    await team.work()
    approval = await request(team)
    team.clock.advance(seconds=5)
    await team.press("approve-pages", approval.id, BEN)
    await team.work()
    assert await states(pages) == [PageState.APPROVED] * 2
    assert "Approved by Ben." in card(team, "2 product pages approved").body
    await team.undo()
    await team.work()
    assert await states(pages) == [PageState.AGREES] * 2


async def test_a_page_that_changed_since_stays_approved(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED)
    await pages.read()
    await team.undo()
    await team.work()
    assert await states(pages) == [PageState.APPROVED, PageState.AGREES]
    assert told(card(team, WHOLE)) == {"Agree with your data": "1", "Approved": "1"}


async def test_a_page_that_was_decided_about_since_stays_approved(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED)
    await pages.read()
    team.clock.advance(seconds=5)
    await team.press("page-ours", "1", BEN)
    approving = [key for key in team.chat.order if key.startswith("act-")][-2]
    await team.press("undo", approving.removeprefix("act-"))
    await team.work()
    assert await states(pages) == [PageState.APPROVED, PageState.AGREES]
    assert (await pages.known()).approved_by == BEN[0]


async def test_a_page_that_is_not_watched_waits_once_it_is_again(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await team.type(f"/unwatch {ASIN}")
    ending, approving = [
        key.removeprefix("act-") for key in reversed(team.chat.order) if key.startswith("act-")
    ][:2]
    await team.press("undo", approving)
    await team.work()
    assert (await pages.known()).state is PageState.ENDED
    await team.press("undo", ending)
    assert await states(pages) == [PageState.AGREES] * 2
    assert (await request(team)).agrees == 2


async def test_it_is_undone_while_it_goes_on(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    pages = await Pages.of(team)
    await pages.read()
    await pages.asking()
    await team.press("approve-pages", (await request(team)).id)
    async with team.app.store.transaction() as tx:
        # A kill came behind the first page.
        first, approval = await tx.get(GUARDED_PAGES, KEY), await request(team)
        assert first is not None
        half = _approved(first, approval, ANA[0])
        tx.put(GUARDED_PAGES, half)
        tx.put(PAGE_APPROVALS, approval.moved(first.state, half.state))
    await team.undo()
    await team.work()
    assert await states(pages) == [PageState.AGREES] * 2
    assert await team.app.store.count(JOBS) == 0
    assert (await request(team)).numbers == (2, 0, 0, 0)


def _approved(page: GuardedPage, approval: PageApproval, who: Person) -> GuardedPage:
    return msgspec.structs.replace(
        page, state=PageState.APPROVED, approved_by=who, approved_at=approval.batch
    )


async def test_who_only_reads_undoes_nothing_and_it_has_an_end(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    assert "member" in notice(await team.undo(VIK))
    team.clock.advance(seconds=UNDO_FOR.total_seconds())
    assert "too late" in notice(await team.undo())
    assert await states(pages) == [PageState.APPROVED] * 2


async def test_a_second_approval_of_the_same_request_is_undone_first(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.read(KEY)
    await pages.asking()
    approval = await request(team)
    pages.say(OTHER, title=HIJACKED)
    await pages.read()
    await team.press("approve-pages", approval.id)
    await team.work()
    first = team.chat.order[-1].removeprefix("act-")
    pages.say(OTHER)
    async with team.app.store.transaction() as tx:
        page, now = await tx.get(GUARDED_PAGES, OTHER), await tx.get(PAGE_APPROVALS, approval.id)
        assert page is not None
        assert now is not None
        tx.put(GUARDED_PAGES, msgspec.structs.replace(page, state=PageState.AGREES))
        tx.put(PAGE_APPROVALS, now.moved(page.state, PageState.AGREES))
    team.clock.advance(seconds=5)
    await team.press("approve-pages", approval.id, BEN)
    await team.work()
    assert "Since then: Ben approved" in notice(await team.press("undo", first))
    await team.undo()
    await team.work()
    assert await states(pages) == [PageState.APPROVED, PageState.AGREES]
    await team.press("undo", first)
    await team.work()
    assert await states(pages) == [PageState.AGREES] * 2


async def test_both_are_in_the_audit_record(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await team.undo(BEN)
    await team.work()
    entries = [entry async for entry in each(team.app.store, AUDIT)]
    assert ("Ana", "approve-pages") in [(entry.name, entry.act) for entry in entries]
    assert ("Ben", "undo") in [(entry.name, entry.act) for entry in entries]
