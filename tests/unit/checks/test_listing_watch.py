"""Looks at our listings: what is confirmed, recorded and told, and what is not."""

from __future__ import annotations

import pytest

from bot.core.scanning import each
from bot.errors import DiskFull, QuotaExceeded, SourceError, Unavailable
from bot.features.cases.collections import CASES
from checks.listing_watch import MISSING as PATIENCE
from tests.fakes import MemoryEvidence
from tests.unit.checks.listing_account import Looking, selling
from tests.unit.checks.own_listings.listings import FINE, changed, issue
from tests.unit.conftest import ASIN, OWN, SECOND, Team, asked

DOWN = changed(buyable=False, issues=(issue("LISTING_SUPPRESSED"),))
SUPPRESSED = "Suppressed by Amazon: Pan 1"


@pytest.fixture
async def looking(team: Team) -> Looking:
    return await selling(team)


async def test_a_suppression_is_confirmed_by_the_next_request_alone_and_told_once(
    looking: Looking,
) -> None:
    looking.account.states["PAN-1"] = DOWN
    for _ in range(3):
        await looking.look()
    assert looking.account.asked[:2] == [(OWN, ("PAN-1", "PAN-2")), (OWN, ("PAN-1",))]
    # What is known needs no confirmation.
    assert len(looking.account.asked) == 4
    assert looking.titles == [SUPPRESSED]


async def test_the_answer_that_shows_it_is_kept(looking: Looking) -> None:
    looking.account.states["PAN-1"] = DOWN
    [look, _] = await looking.look()
    assert isinstance(looking.team.app.evidence, MemoryEvidence)
    assert look.raw in looking.team.app.evidence.kept.values()


async def test_without_room_for_the_answer_the_alert_comes_and_says_so(looking: Looking) -> None:
    assert isinstance(looking.team.app.evidence, MemoryEvidence)
    looking.team.app.evidence.refuses = DiskFull()
    looking.account.states["PAN-1"] = DOWN
    await looking.look()
    [card] = [each for each in looking.team.chat.cards.values() if each.title == SUPPRESSED]
    assert any("Not saved" in each.value for each in card.fields)


async def test_a_listing_that_flickers_is_no_alarm(looking: Looking) -> None:
    for _ in range(3):
        looking.account.script = [{"PAN-1": DOWN}, {"PAN-1": FINE}]
        await looking.look()
    assert looking.titles == []
    record = await looking.record()
    assert record
    assert record.running == {}


async def test_a_flicker_does_not_make_an_old_issue_news(team: Team) -> None:
    known = changed(issues=(issue(code="1"),))
    looking = await selling(team, known)
    looking.account.script = [{"PAN-1": FINE}, {"PAN-1": known}]
    await looking.look()
    await looking.look()
    assert not [each for each in looking.titles if "problem" in each]


@pytest.mark.parametrize("error", [Unavailable(), QuotaExceeded("slow"), SourceError("no")])
async def test_what_could_not_be_confirmed_is_confirmed_by_the_next_look(
    looking: Looking, error: SourceError
) -> None:
    looking.account.script = [{"PAN-1": DOWN}, error]
    await looking.look()
    assert looking.titles == []
    looking.account.states["PAN-1"] = DOWN
    await looking.look()
    assert looking.titles == [SUPPRESSED]


async def test_an_end_is_confirmed_too(looking: Looking) -> None:
    looking.account.states["PAN-1"] = DOWN
    await looking.look()
    looking.account.script = [{"PAN-1": FINE}]
    await looking.look()
    assert looking.titles == [SUPPRESSED]
    looking.account.states["PAN-1"] = FINE
    await looking.look()
    assert looking.titles == ["Over for now: suppressed by Amazon, Pan 1"]


async def test_a_false_zero_is_no_alarm_and_a_listing_that_stays_missing_is(
    looking: Looking,
) -> None:
    del looking.account.states["PAN-1"]
    for _ in range(5):
        await looking.look()
    assert looking.titles == []
    looking.account.states["PAN-1"] = FINE
    await looking.look()
    del looking.account.states["PAN-1"]
    await looking.look()
    await looking.look(seconds=PATIENCE - 1)
    assert looking.titles == []
    await looking.look(seconds=2)
    assert looking.titles == ["Your listing is gone: Pan 1"]


async def test_the_first_look_raises_no_alarm(team: Team) -> None:
    looking = await selling(team, DOWN)
    await looking.look()
    assert looking.titles == []
    record = await looking.record()
    assert record
    assert record.untold


async def test_a_listing_that_was_never_there_is_not_remembered(team: Team) -> None:
    looking = await selling(team, None)
    await looking.look(seconds=100)
    assert await looking.record() is None
    assert looking.titles == []


async def test_nothing_is_written_of_looks_that_show_what_is_known(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking.account.states["PAN-1"] = DOWN
    await looking.look()

    opened = looking.team.app.store.transaction
    begun: list[object] = []

    def counted(_: object) -> object:
        begun.append(1)
        return opened()

    monkeypatch.setattr(type(looking.team.app.store), "transaction", counted)
    for _ in range(5):
        looking.team.clock.advance(seconds=10)
        await looking.recording.take_in(await looking.watch.ask(await looking.watches()))
    assert begun == []


async def test_a_listing_that_cannot_be_read_holds_back_no_other_and_ends_nothing(
    looking: Looking,
) -> None:
    looking.account.states["PAN-1"] = DOWN
    await looking.look()
    looking.account.states |= {"PAN-1": SourceError("odd"), "PAN-2": DOWN}
    await looking.look()
    assert looking.titles == [SUPPRESSED, "Suppressed by Amazon: Pan 2"]
    looking.account.states["PAN-1"] = DOWN
    await looking.look()
    assert len(looking.titles) == 2


async def test_a_failed_question_is_an_error_of_the_whole(looking: Looking) -> None:
    looking.account.script = [Unavailable()]
    with pytest.raises(Unavailable):
        await looking.look()


async def test_a_seller_for_whom_the_account_does_not_speak_is_passed_over(
    looking: Looking,
) -> None:
    sellers = frozenset({"A0FOREIGNFOREIGN", OWN})
    object.__setattr__(looking.team.app.brand, "own_sellers", sellers)
    looking.watch = looking.again()
    looks = await looking.look()
    assert [seller for seller, _ in looking.account.asked] == ["A0FOREIGNFOREIGN", OWN]
    assert all(not isinstance(each.result, SourceError) for each in looks)
    await looking.look()
    # It is known now who answers.
    assert [seller for seller, _ in looking.account.asked][2:] == [OWN]


async def test_under_a_seller_that_does_not_answer_a_listing_is_not_gone(
    looking: Looking,
) -> None:
    other = "A0OTHEROTHER01"
    object.__setattr__(looking.team.app.brand, "own_sellers", frozenset({other, OWN}))
    looking.account.sellers = frozenset({other})
    looking.account.states.clear()
    for _ in range(3):
        [look, _] = await looking.look(seconds=PATIENCE)
        assert isinstance(look.result, SourceError)
    assert looking.titles == []


@pytest.mark.parametrize("sellers", [frozenset(), frozenset({"A0FOREIGNFOREIGN"})])
async def test_without_a_seller_who_answers_nobody_can_tell(
    looking: Looking, sellers: frozenset[str]
) -> None:
    object.__setattr__(looking.team.app.brand, "own_sellers", sellers)
    with pytest.raises(SourceError):
        await looking.look()


async def test_a_product_that_is_not_watched_any_more_is_not_recorded(looking: Looking) -> None:
    looking.account.states["PAN-1"] = DOWN
    looks = await looking.watch.ask(await looking.watches())
    await looking.team.type(f"/unwatch {ASIN} US")
    await looking.recording.take_in(looks)
    assert await looking.record() is None
    assert await looking.record(SECOND)
    assert SUPPRESSED not in looking.titles


async def test_a_problem_that_goes_on_is_told_again_to_who_said_that_it_is_over(
    looking: Looking,
) -> None:
    looking.account.states["PAN-1"] = DOWN
    await looking.look()
    await close(looking.team, "solved")
    for _ in range(3):
        await looking.look(seconds=3600)
    assert looking.titles == ["Closed: suppressed by Amazon, Pan 1"]
    await looking.look(seconds=25 * 3600)
    assert looking.titles[1:] == [SUPPRESSED]


async def close(team: Team, reason: str) -> None:
    [case] = [case async for case in each(team.app.store, CASES) if case.open]
    await team.submit(asked(await team.press("close", case.key)), {"reason": reason, "note": ""})


async def test_a_batch_that_is_killed_before_it_is_stored_is_told_by_the_next_run(
    looking: Looking,
) -> None:
    looking.account.states["PAN-1"] = DOWN
    looking.team.clock.advance(seconds=10)
    await looking.watch.ask(await looking.watches())
    # The program ends here; the next one asks anew.
    looking.watch = looking.again()
    await looking.look()
    assert looking.titles == [SUPPRESSED]
