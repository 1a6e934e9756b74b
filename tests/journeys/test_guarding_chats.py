"""A checklist from its post to a difference that nobody expected, and a lesson, in both chats."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.collections import CHECKLIST_SCHEDULES
from bot.features.checklists.collections import ITEM_STATUSES, RUNS
from bot.features.training.texts.reading import read_lessons
from bot.features.training.views.lessons import LETTERS
from tests.journeys.ageing import Moved, days_pass
from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import (
    a_zone,
    in_discord,
    in_slack,
    is_told_once,
    opened,
    seen_in_both,
)
from tests.journeys.office import SLACK_ALERTS, Office, discord_text, slack_text

WEEKLY, LESSONS = "account-security", "@lessons"
"""The agendas of a checklist and of the lessons, by their keys."""
A_WEEK, A_MONTH = timedelta(days=7), timedelta(days=35)
"""A month is as long as it may be from one first Tuesday to the next."""
TWO_WORK_DAYS = timedelta(days=5)
"""More than that, over a weekend too."""
PASSWORDS = "No password is shared, reused or leaked"
TWO_STEP = "We control two-step verification on every login"
USERS = "We know every user, and what each may do"
SIGN_INS = "All sign-ins and bank accounts are ours"
ORDERS = "Orders, refunds and payouts look as usual"
MAIL = "We check messages that claim to be from Amazon"
WHICH, FOUND = "List all users", "What did you find?"
KNOWN = "Ana Alder\nBen Finch\n- Ship Team"
LEAD = "Ana, please follow up."


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_a_checklist_is_asked_reminded_of_answered_and_compared(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    zone, busy = a_zone()
    await _moves_in(office, ana, ben, zone)
    await _is_posted(office)
    await _is_begun(office, ana, ben)
    await _is_reminded_of(office, ana, busy=busy)
    await _is_learned_from(office, ana, ben)
    await _is_done(office, ana, ben)
    await _is_compared(office, ana, ben)
    await _is_done_with_a_problem(office, ana, ben)
    await is_told_once(office)
    assert len(_reminders(office)) == (2 if busy else 0)
    assert await office.end(signal.SIGTERM) == 0


async def _moves_in(office: Office, ana: Ana, ben: Ben, zone: str) -> None:
    """The team's zone, and who leads, are chosen in Slack, and stay when the program dies."""
    await office.ana.invite_bot(SLACK_ALERTS)
    assert "Lead\nno one" in await ana.types("duties")
    assert "Ana now has this duty: Lead" in await ana.taps("Take over: Lead")
    assert "Ana, as the lead" in await ben.types("duties")
    await seen_in_both(office, "Alerts now appear in this channel")
    assert zone in await ana.types("settings", f"zone {zone}")
    await office.die()
    await office.start()


async def _is_posted(office: Office) -> None:
    await days_pass(office, Moved(CHECKLIST_SCHEDULES, A_WEEK, WEEKLY))
    await seen_in_both(office, "K-1 ·", "Account security, week ", "6 items, about 12 minutes")


async def _is_begun(office: Office, ana: Ana, ben: Ben) -> None:
    """One item takes the place of another, for each alone; what is done is seen by all."""
    assert TWO_STEP in await ana.gets("K-1 ·", "Begin")
    assert "Part of 'Establish security measures'." in await ana.taps("Explain")
    assert f"✓ {TWO_STEP}: done" in await ana.taps("Done")
    await ana.taps("Skip")
    assert PASSWORDS in await ana.taps("Skip")
    assert f"✓ {PASSWORDS}: done" in await ana.taps("Done")
    await seen_in_both(office, "K-1 ·", "4 of 6 items left", f"✓ {TWO_STEP}")
    told = await ben.gets("K-1 ·", "Continue")
    assert told.startswith(
        "✅ SIMULATED MARKETPLACE: Nothing for you to do. 4 items left for others."
    )
    assert "Owner: Ana" in await ben.taps("Do: All sign-ins and bank…")
    assert f"You now own '{SIGN_INS}'." in await ben.taps("Take over")
    await seen_in_both(office, "K-1 ·", f"☐ Do first: {SIGN_INS} · Ben")
    assert USERS in await ana.gets("K-1 ·", "Continue")


async def _is_reminded_of(office: Office, ana: Ana, *, busy: bool) -> None:
    """It dies with Ana's form open. Days later her list is taken, and she is reminded of others."""
    await ana.touches("Done")
    await ana.until(lambda: office.ana.modal)
    await days_pass(office, Moved(RUNS, TWO_WORK_DAYS), by=signal.SIGKILL)
    if busy:
        late = f"Ana: {USERS}; {ORDERS}; {MAIL}.", f"Ben: {SIGN_INS}."
        await seen_in_both(office, "4 items not answered", *late, under="K-1 ·")
    before = len(ana.cards)
    assert f"✓ {USERS}: First time, so nothing to compare." in await ana.says({WHICH: KNOWN})
    assert len(ana.cards) == before, "the next item does not stand in the place of this one"
    moved = Moved(RUNS, TWO_WORK_DAYS), Moved(CHECKLIST_SCHEDULES, A_MONTH, LESSONS)
    await days_pass(office, *moved)
    if busy:
        late = f"Ana: {ORDERS}; {MAIL}.", f"Ben: {SIGN_INS}."
        await seen_in_both(office, "3 items not answered", *late, LEAD, under="K-1 ·")


async def _is_learned_from(office: Office, ana: Ana, ben: Ben) -> None:
    """A lesson came meanwhile. What each answers is nobody else's business; that they did, is."""
    lesson = read_lessons()[0]
    right, wrong, *_ = sorted(LETTERS, key=lambda each: _option(each) != lesson.right)
    await seen_in_both(office, lesson.title, "Answered by", "no one on the team yet")
    assert "Not quite. Better:" in await ana.gets(lesson.title, f"Answer {wrong}")
    await seen_in_both(office, lesson.title, "1 of 2 team members")
    assert f"Right. {lesson.because}" in await ben.gets(lesson.title, f"Answer {right}")
    await seen_in_both(office, lesson.title, "2 of 2 team members")


def _option(letter: str) -> int:
    """Return the place of the option that stands behind a letter of the first lesson."""
    return read_lessons()[0].order[LETTERS.index(letter)]


async def _is_done(office: Office, ana: Ana, ben: Ben) -> None:
    """What was on the screen before three restarts can be pressed after them."""
    assert "All your items are answered." in await ben.taps("Done")
    assert ORDERS in await ana.gets("K-1 ·", "Continue")
    await ana.taps("Done")
    assert "All answered: 6 done. Thank you." in await ana.taps("Done")
    await seen_in_both(office, "K-1 ·", "all answered", "6 done.")


async def _is_compared(office: Office, ana: Ana, ben: Ben) -> None:
    """A week later there is a user more: that is told, and becomes a case."""
    await days_pass(
        office, Moved(CHECKLIST_SCHEDULES, A_WEEK, WEEKLY), Moved(ITEM_STATUSES, A_WEEK)
    )
    await seen_in_both(
        office, "K-2 ·", "6 items, about 12 minutes", f"☐ Do first: {SIGN_INS} · Ben"
    )
    await ana.gets("K-2 ·", "Begin")
    assert "Last time: done, 3 users. Ana," in await ana.taps("Skip")
    more = "1 user new since the last review: temp-va."
    assert f"{USERS}: {more}" in await ana.taps("Done", {WHICH: f"{KNOWN}\ntemp-va"})
    await seen_in_both(office, "1 unknown user", "• temp-va", "Ana, please explain this now.")
    await seen_in_both(office, "K-2 ·", f"? {USERS}: to be explained")
    await ben.press("1 unknown user", "Report a problem")
    assert f"{USERS}: C-1 is open." in await ben.says({FOUND: "Nobody invited temp-va."})
    await seen_in_both(office, "1 unknown user", "Ben reported a problem: C-1.")
    await seen_in_both(office, "C-1 ·", "Nobody invited temp-va.", "Reported by", "Ben")
    await seen_in_both(office, "K-2 ·", f"✗ {USERS}: C-1 · Ben")


async def _is_done_with_a_problem(office: Office, ana: Ana, ben: Ben) -> None:
    await ana.taps("Done")
    await ana.taps("Done")
    assert "1 item left for later" in await ana.taps("Done")
    await ana.taps("Continue")
    assert f"Ben: {SIGN_INS}" in await ana.taps("Done")
    assert SIGN_INS in await ben.gets("K-2 ·", "Continue")
    assert "All answered: 5 done, 1 problem. Thank you." in await ben.taps("Done")
    await seen_in_both(office, "K-2 ·", "all answered", "5 done, 1 problem.")


def _reminders(office: Office) -> list[str]:
    """Return what the threads were reminded of, the same in both."""
    slack = [text for each in in_slack(office, "K-") if "Reminder" in (text := slack_text(each))]
    discord = [each for each in in_discord(office, "K-") if "Reminder" in discord_text(each)]
    assert len(slack) == len(discord)
    return slack
