"""The quarterly review: when it comes, and what is posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.cards import Tone
from bot.core.collections import CHECKLIST_SCHEDULES, JOBS, TEAMS
from bot.core.jobs import job_runner
from bot.core.team import Team as Settings
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.resources import REVIEW_PRINTER
from bot.features.reviews.service.reviewing import ReviewJob
from tests.unit.conftest import (
    ASIN,
    BEN,
    OWN,
    SECOND,
    THIEF,
    Team,
    card_text,
    notice,
    offer,
)
from tests.unit.features.reviews.quarterly import (
    FIRST_MONDAY,
    first_review,
    last,
    planted,
    shown,
    tick,
)


@pytest.fixture
async def reviewed(team: Team) -> Team:
    return await first_review(team)


async def test_the_first_review_comes_with_the_next_quarter(team: Team) -> None:
    await tick(team)
    team.clock.now = FIRST_MONDAY - timedelta(minutes=1)
    await tick(team)
    assert await team.app.store.page(REVIEWS) == []
    team.clock.now = FIRST_MONDAY
    await tick(team)
    await tick(team)
    [review] = await team.app.store.page(REVIEWS)
    assert (review.quarter, review.since) == ("2026 Q4", date(2026, 10, 1))
    agenda = await team.app.store.get(CHECKLIST_SCHEDULES, "@review")
    assert agenda is not None
    assert agenda.next_at == datetime(2027, 4, 5, 9, tzinfo=UTC)


async def test_nine_oclock_is_the_teams(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(zone="America/New_York"))
    await tick(team)
    team.clock.now = FIRST_MONDAY
    await tick(team)
    assert await team.app.store.page(REVIEWS) == []
    team.clock.now = FIRST_MONDAY + timedelta(hours=5)
    await tick(team)
    assert len(await team.app.store.page(REVIEWS)) == 1


async def test_a_team_that_moves_still_gets_its_review(team: Team) -> None:
    await tick(team)
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(zone="Asia/Tokyo"))
    # Nine o'clock in Tokyo was nine hours ago, and nine in UTC has not come.
    team.clock.now = FIRST_MONDAY - timedelta(hours=1)
    await tick(team)
    await tick(team)
    assert len(await team.app.store.page(REVIEWS)) == 1


async def test_after_a_long_stop_one_review_comes_of_the_last_quarter_that_was_due(
    team: Team,
) -> None:
    await tick(team)
    team.clock.now = datetime(2027, 10, 1, 12, tzinfo=UTC)
    await tick(team)
    await tick(team)
    # October's own review is due on its first Monday: this one makes up for July's.
    assert [each.quarter for each in await team.app.store.page(REVIEWS)] == ["2027 Q2"]
    team.clock.now = datetime(2027, 10, 4, 9, tzinfo=UTC)
    await tick(team)
    quarters = [each.quarter for each in await team.app.store.page(REVIEWS)]
    assert quarters == ["2027 Q2", "2027 Q3"]


async def test_it_is_posted_with_its_pdf_and_a_message_for_each_point(reviewed: Team) -> None:
    review = await last(reviewed)
    [head, *points] = [reviewed.chat.messages[key] for key in reviewed.chat.order]
    assert head.card.title == "Review of 2026 Q4: 5 weaknesses"
    assert [file.name for file in head.files] == ["review-2026-Q4.pdf"]
    assert head.files == (review.file,)
    assert not head.ping
    assert [each.card.title for each in points] == [
        "1. Unexpected changes: 1",
        "2. Acceptance rate over six months 50% (1 of 2), 1 report rejected",
        "3. 1 unsolved problem",
        "4. 1 of 2 checklists not completed",
        "5. 1 right or document to renew",
    ]
    assert {each.thread.id for each in points if each.thread} == {"review-1"}
    assert [button.label for button in points[0].card.buttons] == ["Decide", "Dismiss"]
    assert "Security score: 40% to 70%" in shown(head.card)


async def test_it_is_printed_with_its_charts_under_the_brands_name(reviewed: Team) -> None:
    [(review, charts, brand)] = reviewed.printer.reviews
    assert brand == "Alder & Finch"
    assert [chart.title for chart in charts] == ["Amazon's answers", "Security score"]
    assert review.simulated
    assert len(review.points) == 5


async def test_strangers_of_the_quarter_are_counted_with_their_cases(team: Team) -> None:
    for asin in (ASIN, SECOND):
        await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"), asin=asin)
    await tick(team)
    team.clock.now = FIRST_MONDAY
    await tick(team)
    review = await last(team)
    assert dict(review.numbers)["Attacks"] == "0 (0 in the previous quarter)"
    assert dict(review.numbers)["Unknown sellers"] == "1 case (0 in the previous quarter)"
    [(_, charts, _)] = team.printer.reviews
    assert [chart.title for chart in charts] == ["Attacks and unknown sellers by week"]


async def test_a_quarter_of_nothing_is_told_honestly(team: Team) -> None:
    await tick(team)
    team.clock.now = FIRST_MONDAY
    await tick(team)
    [key] = team.chat.order
    card = team.chat.cards[key]
    assert card.title == "Review of 2026 Q4: no weaknesses found"
    assert card.tone is Tone.INFO
    assert "No checklists were due" in card.body


async def test_review_before_the_first_one_says_when_it_comes(team: Team) -> None:
    text = card_text(await team.type("/review"))
    assert "No quarterly review yet" in text
    assert "first Monday" in text


async def test_an_admin_has_the_running_quarter_reviewed_at_once(team: Team) -> None:
    await planted(team)
    assert "ask an admin" in notice(await team.type("/review now", BEN)).lower()
    assert "will appear in the channel" in notice(await team.type("/review now"))
    assert ("jobs", "") in team.scheduler.triggered
    await team.work()
    review = await last(team)
    assert (review.quarter, review.until) == ("2026 Q4 so far", date(2026, 11, 23))
    assert "Type /review or /review now." in notice(await team.type("/review then"))


async def test_quiet_hours_hold_the_review_back(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(quiet_from=0, quiet_to=11))
    await tick(team)
    team.clock.now = FIRST_MONDAY
    await tick(team)
    assert team.chat.order == []
    assert len(await team.app.store.page(REVIEWS)) == 1
    team.clock.advance(hours=2)
    await team.dispatcher.deliver()
    assert team.chat.order[0] == "review-1"


async def test_killed_after_the_print_one_review_comes(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends here."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    await planted(team)
    await team.type("/review now")
    with monkeypatch.context() as patched:
        patched.setattr("bot.features.reviews.service.reviewing.run_in_transaction", killed)
        with pytest.raises(Killed):
            await job_runner(team.app).tick()
    assert await team.app.store.page(REVIEWS) == []
    await team.work()
    await team.work()
    assert len(await team.app.store.page(REVIEWS)) == 1
    assert team.chat.order.count("review-1") == 1


async def test_a_job_that_was_asked_for_anew_leaves_it_to_the_newer_one(team: Team) -> None:
    await team.type("/review now")
    [job] = await team.app.store.page(JOBS)
    team.clock.advance(seconds=3)
    await team.type("/review now")
    await ReviewJob(team.app).run(job)
    assert await team.app.store.page(REVIEWS) == []
    await team.work()
    assert len(await team.app.store.page(REVIEWS)) == 1


@pytest.mark.parametrize("there", [True, False])
async def test_a_review_that_cannot_be_printed_comes_without_its_pdf(
    team: Team, there: bool
) -> None:
    team.printer.trouble = "The layout could not be created."
    printer = team.printer if there else None
    app = replace(team.app, resources=team.app.resources.having(REVIEW_PRINTER, printer))
    await team.type("/review now")
    await job_runner(app).tick()
    await team.dispatcher.deliver()
    head = team.chat.messages["review-1"]
    assert head.files == ()
    assert "There is no PDF" in head.card.body
