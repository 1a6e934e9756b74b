"""A reported seller who comes back after the offer was gone: alerted once, and reported again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.cards import Tone
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key
from bot.features.reports.models.reports import ReportState, report_key
from tests.unit.conftest import ANA, ASIN, BEN, OWN, SECOND, Team, asked, notice, offer
from tests.unit.features.reports.reporting import (
    CASE,
    OURS,
    REPORT,
    THEIRS,
    answer,
    draft,
    everything,
    report,
    shown,
    start,
)


@pytest.fixture
async def accepted(team: Team) -> Team:
    """A team whose report Amazon accepted."""
    await start(team)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    await answer(team, asked(await team.press("report-filed", REPORT, BEN)), {"complaint": "77-1"})
    ask = asked(await team.press("report-answer", REPORT, BEN))
    await answer(team, ask, {"outcome": "accepted", "words": ""})
    return team


async def leave(team: Team) -> None:
    for _ in range(2):
        team.clock.advance(minutes=10)
        await team.look(OURS)


async def come_back(team: Team, after: timedelta = timedelta(days=3)) -> None:
    team.clock.advance(seconds=after.total_seconds())
    await team.look(OURS, THEIRS)


def alerts(team: Team) -> list[str]:
    return [key for key in team.chat.messages if "-back-" in key]


async def test_a_return_is_a_red_alert_of_its_own(accepted: Team) -> None:
    await leave(accepted)
    assert "The offer is gone" in shown(accepted.chat.cards["R-1"])
    await come_back(accepted)
    [name] = alerts(accepted)
    message = accepted.chat.messages[name]
    assert message.card.title.startswith("Back after removal: ")
    for words in ("R-1", "stayed away for 3 d", "Complaint ID: 77-1", ASIN):
        assert words in shown(message.card)
    assert message.card.buttons[0].label == "File a new report"
    assert message.ping
    assert message.thread is None
    old = shown(accepted.chat.cards["R-1"])
    assert "Back since" in old
    assert "The offer is gone" not in old
    entries = await accepted.app.store.find(ENTRIES, "case", CASE)
    assert sum("is back, after 3 d away" in entry.text for entry in entries) == 1


async def test_the_same_return_is_alerted_once(accepted: Team) -> None:
    await leave(accepted)
    await come_back(accepted)
    for minutes in (10, 20):
        accepted.clock.advance(minutes=minutes)
        await accepted.look(OURS, offer(THEIRS.seller, "17.70"))
    assert len(alerts(accepted)) == 1


async def test_a_return_after_another_departure_is_another_one(accepted: Team) -> None:
    await leave(accepted)
    await come_back(accepted)
    await leave(accepted)
    assert "gone again" in repr(await accepted.app.store.find(ENTRIES, "case", CASE))
    assert "left again" in shown(accepted.chat.cards[alerts(accepted)[0]])
    await come_back(accepted, timedelta(days=5))
    assert len(alerts(accepted)) == 2
    assert "stayed away for 5 d" in shown(accepted.chat.cards[alerts(accepted)[1]])


async def test_who_comes_and_goes_is_alerted_once_a_day(accepted: Team) -> None:
    for _ in range(3):
        await leave(accepted)
        await come_back(accepted, timedelta(minutes=10))
    assert len(alerts(accepted)) == 1


async def test_a_new_report_is_drafted_with_what_is_known(accepted: Team) -> None:
    await leave(accepted)
    await come_back(accepted)
    assert "Drafted R-2" in notice(await accepted.press("report-return", REPORT, BEN))
    again = await report(accepted, report_key(2))
    assert (again.follows, again.claim, again.case) == (1, (await report(accepted)).claim, CASE)
    assert "Complaint ID: 77-1" in again.text
    assert "No issues found" in shown(accepted.chat.cards["R-2"])
    await accepted.work()
    [name] = alerts(accepted)
    assert "R-2 was drafted" in shown(accepted.chat.cards[name])
    assert "R-2 already follows R-1" in notice(await accepted.press("report-return", REPORT, BEN))


async def test_a_closed_report_whose_seller_returns_is_found_again(accepted: Team) -> None:
    await leave(accepted)
    await accepted.press("close-report", REPORT, BEN)
    ask = asked(await accepted.press("close", CASE))
    await accepted.submit(ask, {"reason": "reported", "note": ""})
    await come_back(accepted)
    [name] = alerts(accepted)
    assert "C-2" in accepted.chat.cards[name].footer
    assert "Drafted R-2" in notice(await accepted.press("report-return", REPORT, BEN))
    assert (await report(accepted, report_key(2))).case == case_key(2)


async def test_a_report_that_was_closed_before_the_removal_hears_of_it(accepted: Team) -> None:
    await accepted.press("close-report", REPORT, BEN)
    await leave(accepted)
    assert (await report(accepted)).removed_at is not None
    await come_back(accepted)
    assert len(alerts(accepted)) == 1


async def test_a_retracted_report_says_nothing_of_a_return(accepted: Team) -> None:
    ask = asked(await accepted.press("report-answer", REPORT, BEN))
    await answer(accepted, ask, {"outcome": "under-review", "words": ""})
    await accepted.press("retract-report", REPORT, BEN)
    assert (await report(accepted)).state is ReportState.RETRACTED
    await leave(accepted)
    await come_back(accepted)
    assert alerts(accepted) == []


async def test_who_never_left_is_not_back(accepted: Team) -> None:
    accepted.clock.advance(days=1)
    await accepted.look(OURS, offer(THEIRS.seller, "17.70"))
    assert alerts(accepted) == []


async def test_who_comes_back_on_another_product_is_not_back(accepted: Team) -> None:
    await leave(accepted)
    await accepted.type(f"/watch {SECOND}")
    accepted.clock.advance(days=1)
    await accepted.look(offer(OWN, "24.99"), THEIRS, asin=SECOND)
    assert alerts(accepted) == []


async def test_who_was_authorized_meanwhile_is_not_alerted_as_back(accepted: Team) -> None:
    await leave(accepted)
    await accepted.authorise(THEIRS.seller)
    await return_below_the_floor(accepted)
    assert alerts(accepted) == []
    assert (await report(accepted)).returned_at is None


async def test_who_was_left_alone_meanwhile_is_not_alerted_as_back(accepted: Team) -> None:
    await leave(accepted)
    ask = asked(await accepted.press("close", CASE))
    await accepted.submit(ask, {"reason": "lawful", "note": ""})
    await return_below_the_floor(accepted)
    assert alerts(accepted) == []


async def return_below_the_floor(team: Team) -> None:
    """Come back at a price that raises an alert of its own, whoever sells."""
    await team.type(f"/watch {ASIN} floor=20")
    await come_back(team)
    assert "below" in repr(await team.app.store.find(ENTRIES, "case", CASE)).lower()


async def test_a_relisting_is_settled_where_the_seller_is_trusted(accepted: Team) -> None:
    await leave(accepted)
    await come_back(accepted)
    await accepted.authorise(THEIRS.seller)
    await accepted.dispatcher.deliver()
    [name] = alerts(accepted)
    card = accepted.chat.cards[name]
    assert "trusts this seller now" in card.body
    assert card.tone is Tone.QUIET
    assert "File a new report" not in repr(card.buttons)
    settled = await report(accepted)
    assert not settled.is_back
    assert "File a new report" not in repr(accepted.chat.cards["R-1"].buttons)


async def test_a_relisting_is_open_again_when_the_trust_is_undone(accepted: Team) -> None:
    await leave(accepted)
    await come_back(accepted)
    before = await report(accepted)
    await accepted.authorise(THEIRS.seller)
    await accepted.undo()
    await accepted.dispatcher.deliver()
    assert (await report(accepted)).is_back
    assert (await report(accepted)).returned_at == before.returned_at
    [name] = alerts(accepted)
    assert "File a new report" in repr(accepted.chat.cards[name].buttons)


async def test_who_is_trusted_no_longer_is_back_since_they_came(accepted: Team) -> None:
    await leave(accepted)
    await accepted.authorise(THEIRS.seller)
    await come_back(accepted)
    accepted.clock.advance(days=20)
    await accepted.type(f"/withdraw {THEIRS.seller}")
    await accepted.look(OURS, offer(THEIRS.seller, "17.70"))
    [name] = alerts(accepted)
    assert "stayed away for 3 d" in shown(accepted.chat.cards[name])


async def test_a_relisting_names_the_product_and_says_what_it_needs(accepted: Team) -> None:
    await leave(accepted)
    await come_back(accepted)
    card = accepted.chat.cards[alerts(accepted)[0]]
    assert card.title == f"Back after removal: Pan 1 ({ASIN})"
    assert "A relisting needs a new report that quotes the complaint ID." in card.body


async def test_a_closed_report_is_done_with_once_its_follow_up_is_drafted(accepted: Team) -> None:
    await leave(accepted)
    await accepted.press("close-report", REPORT, BEN)
    await come_back(accepted)
    await accepted.dispatcher.deliver()
    assert "File a new report" in repr(accepted.chat.cards["R-1"].buttons)
    await accepted.press("report-return", REPORT, BEN)
    await accepted.dispatcher.deliver()
    assert not (await report(accepted)).is_back
    card = accepted.chat.cards["R-1"]
    assert "File a new report" not in repr(card.buttons)
    assert card.tone is Tone.QUIET


async def test_a_return_after_the_follow_up_was_discarded_asks_for_another(accepted: Team) -> None:
    await leave(accepted)
    await come_back(accepted)
    await accepted.press("report-return", REPORT, BEN)
    await accepted.press("retract-report", report_key(2), BEN)
    await accepted.press("close-report", REPORT, BEN)
    await leave(accepted)
    await come_back(accepted)
    assert (await report(accepted)).is_back
