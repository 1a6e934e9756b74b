"""A+ content is read seldom and by itself, and its changes are told as those of other parts."""

from __future__ import annotations

from bot.core.aplus import AplusContent, AplusDocument, AplusReading
from bot.errors import SourceError
from bot.features.pages.models import PageState
from bot.features.watchlist.collections import WATCHES
from tests.unit.conftest import ASIN, Team
from tests.unit.features.pages.guarded import HIJACKED, KEY, Pages
from tests.unit.features.pages.test_guarding_pages import card, cases, labels, told

OURS = AplusDocument(key="K1", kind="EMC", locale="en-US", texts=("Cast once, kept for life",))
THEIRS = AplusDocument(key="K9", kind="EMC", locale="en-US", texts=("Garlic press, buy now",))


async def read(pages: Pages, *documents: AplusDocument, fails: bool = False) -> set[str]:
    """Have the A+ content of the first page read, and deliver what came of it."""
    team = pages.team
    watch = await team.app.store.get(WATCHES, KEY)
    assert watch is not None
    content = AplusContent(
        asin=ASIN,
        marketplace="US",
        at=team.clock.now,
        documents=documents,
        digest=f"{len(documents):064x}",
    )
    reading = AplusReading(watch, SourceError("No.") if fails else content, b"{}")
    again = await pages.guard.take_in_aplus([reading])
    await team.dispatcher.deliver()
    return set(again)


async def test_its_first_reading_completes_the_baseline_and_raises_nothing(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await read(pages, OURS)
    page = await pages.known()
    assert (page.state, page.baseline.aplus) == (PageState.APPROVED, (OURS,))
    await pages.read()
    await read(pages, OURS)
    assert await pages.known() == page
    assert await cases(team) == []


async def test_content_that_was_read_before_its_page_waits_for_it(team: Team) -> None:
    pages = await Pages.of(team)
    await read(pages, OURS)
    await pages.approve()
    assert (await pages.known()).baseline.aplus == (OURS,)


async def test_a_change_is_a_case_with_both_sides_and_goes_on_by_itself(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await read(pages, OURS)
    assert await read(pages, THEIRS) == set()
    shown = card(team, "The A+ content changed")
    assert labels(shown)[:2] == ["Not us", "It was us"]
    assert told(shown)["A+ content"] == f"Before: {OURS.texts[0]}\nNow: {THEIRS.texts[0]}"  # type: ignore[index]
    # Readings of the rest of the page neither end it nor tell it again.
    await pages.read()
    pages.say(title=HIJACKED)
    await pages.read()
    [case] = await cases(team)
    assert {each.field for each in (await pages.known()).changes} == {"aplus", "title"}
    await read(pages, THEIRS)
    assert {each.field for each in (await pages.known()).changes} == {"aplus", "title"}
    await read(pages, OURS)
    assert {each.field for each in (await pages.known()).changes} == {"title"}
    assert case.open


async def test_content_that_seems_gone_is_read_again_before_it_is_told(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await read(pages, OURS)
    assert await read(pages) == {KEY}
    # A reading of the rest says nothing about the doubt.
    await pages.read()
    pages.say(title=HIJACKED)
    await pages.read()
    assert {each.field for each in (await pages.known()).changes} == {"title"}
    await read(pages)
    assert {each.field for each in (await pages.known()).changes} == {"title", "aplus"}


async def test_content_that_flickers_or_cannot_be_read_raises_nothing(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await read(pages, OURS)
    assert await read(pages) == {KEY}
    await read(pages, OURS)
    await read(pages, fails=True)
    await read(pages, AplusDocument(key="K1", kind="EMC", locale="en-US"))
    assert await cases(team) == []
    assert (await pages.known()).doubts == ()


async def test_what_could_not_be_read_of_the_rest_stays_so(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(description=None)
    await pages.read()
    before = (await pages.known()).unchecked
    assert set(before) == {"description"}
    await read(pages, OURS)
    assert (await pages.known()).unchecked == before


async def test_our_own_change_is_the_content_from_then_on(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await read(pages, OURS)
    await read(pages, THEIRS)
    await team.press("page-ours", "1")
    assert (await pages.known()).baseline.aplus == (THEIRS,)
    await read(pages, OURS)
    assert [case.open for case in await cases(team)] == [False]
