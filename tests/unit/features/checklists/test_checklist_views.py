"""Cards of checklists fit every chat, however long the words of a definition and of people are."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core.cards import Card
from bot.core.labeled import Duty
from bot.core.links import Links
from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.views.context import ViewContext
from bot.core.views.lists import PAGE, ListPage
from bot.features.checklists.models.definitions import Area, Checklist, Item
from bot.features.checklists.models.runs import Answer, Ending, ItemStatus, Run, Task
from bot.features.checklists.rules.answering import close
from bot.features.checklists.rules.calendar import REMINDERS
from bot.features.checklists.rules.proof_diff import proof_diff
from bot.features.checklists.rules.score import Score, ScorePart, score
from bot.features.checklists.views.checklist import proof_diff_card, reminder_card, run_card
from bot.features.checklists.views.items import end_card, explain_card, item_card, last_words
from bot.features.checklists.views.security import (
    duties_card,
    not_ours_card,
    parts_card,
    security_card,
)
from tests.unit.features.checklists.samples import ANA, BEN, EVE, MONDAY, item, run, users

LONG = Person("x" * 60, "A very long name " * 30)
SCENE = ViewContext(now=MONDAY, team=Team(zone="Europe/Berlin"), links=Links())


def wordy(place: int) -> Item:
    """Return an item whose every part is as long as the lint of definitions allows, or longer."""
    return Item(
        id=f"{'i' * 37}-{place:02d}",
        title="Users, permissions and all the others " * 3,
        why="It matters because of this and that. " * 12,
        steps=tuple("Open the page and look at everything that is there. " * 4 for _ in range(9)),
        link="https://sellercentral.amazon.co.uk/" + "x" * 400,
        command="health",
        minutes=30,
        weight=5,
        expires=90,
    )


CHECKLIST = Checklist(
    id="c" * 40,
    title="A title that is as long as it may be at the very most, and more",
    area=Area.SECURITY,
    why="It matters. " * 40,
    section="Strengthen brand management and rights protection awareness",
    owner=Duty.ACCOUNT,
    cadence="0 9 * * mon",
    items=tuple(wordy(place) for place in range(20)),
)
RUN = Run(
    number=123456,
    checklist=CHECKLIST.id,
    title=f"{CHECKLIST.title}, September 2028",
    area=Area.SECURITY,
    duty=Duty.ACCOUNT,
    planned_at=MONDAY - timedelta(days=9),
    posted_at=MONDAY,
    tasks=tuple(
        Task(item=item, owner=LONG if place % 2 else None, case=123456 if place < 3 else None)
        for place, item in enumerate(CHECKLIST.items)
    ),
)
TASK = RUN.tasks[1]
STANDING = ItemStatus(
    checklist=CHECKLIST.id,
    item=TASK.item.id,
    answer=Answer.NOT_OURS,
    at=MONDAY,
    who=LONG,
    expires_at=MONDAY + timedelta(days=365),
    proof=users(*(f"user {place} {'x' * 100}" for place in range(200))),
)
PROOF = users(*(f"other {place} {'y' * 100}" for place in range(200)))


def parts() -> Score:
    lists = [msgspec.structs.replace(CHECKLIST, id=area.value, area=area) for area in Area]
    return score(lists, {}, SCENE.team, MONDAY)


def cards() -> list[Card]:
    last = last_words(STANDING, SCENE)
    over = close(RUN, MONDAY, Ending.REPLACED, 123457)
    present = parts()
    soon = [(MONDAY, item) for item in CHECKLIST.items]
    foreign = [
        (item, msgspec.structs.replace(STANDING, item=item.id)) for item in CHECKLIST.items[:PAGE]
    ]
    page = ListPage(number=2, total=99, command="security not-for-us")
    shown: list[ScorePart] = list(present.parts[:PAGE])
    return [
        run_card(RUN, SCENE),
        run_card(over, SCENE),
        item_card(RUN, TASK, BEN, last, "What was said " * 20, TASK.item.id),
        explain_card(RUN, TASK, BEN, CHECKLIST),
        end_card(RUN, BEN, "What was said " * 20, RUN.tasks[0].item.id),
        reminder_card(msgspec.structs.replace(RUN, reminded=REMINDERS), LONG),
        proof_diff_card(RUN, TASK, LONG, proof_diff(STANDING.proof, PROOF)),
        security_card(present, soon, 99, SCENE),
        parts_card(Area.RIGHTS.label, shown, present, page),
        not_ours_card(foreign, page, SCENE),
        duties_card(Team(duties={duty.value: LONG for duty in Duty}), "Said " * 30),
    ]


def test_the_longest_words_fit() -> None:
    # A card that is over its budget cannot be built.
    assert len(cards()) == 11
    for card in cards():
        ids = [button.id for button in card.buttons if button.action]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (None, ""),
        (
            ItemStatus(
                checklist="c", item="i", answer=Answer.DONE, at=MONDAY, who=ANA, proof=users("a")
            ),
            "Last time: done, 1 user. Ana, 22 Nov 09:00.",
        ),
        (
            ItemStatus(
                checklist="c",
                item="i",
                answer=Answer.PROBLEM,
                at=MONDAY,
                who=ANA,
                case=14,
                since=MONDAY - timedelta(days=7),
            ),
            "Still a problem: C-14, since 15 Nov 09:00. If it is solved, press Done.",
        ),
        (
            ItemStatus(checklist="c", item="i", answer=Answer.OPEN, at=MONDAY, who=ANA, case=14),
            "C-14 was closed 22 Nov 09:00. Is it really solved?",
        ),
    ],
)
def test_an_item_says_what_was_said_of_it_last_time(standing: ItemStatus | None, says: str) -> None:
    assert last_words(standing, SCENE) == says


def test_a_run_that_was_planned_long_ago_says_the_day() -> None:
    assert "Planned for Saturday 13 Nov 9:00. " in run_card(RUN, SCENE).body


def test_a_reminder_tells_titles_apart_that_have_commas_of_their_own() -> None:
    titles = "We know every user, and what each may do", "Orders, refunds and payouts"
    named = [msgspec.structs.replace(item("one"), title=title) for title in titles]
    reminder = reminder_card(run(*(Task(item=each, owner=ANA) for each in named)), None)
    assert reminder.body == f"Ana: {titles[0]}; {titles[1]}."


def test_the_end_says_whether_anything_was_theirs() -> None:
    done = Task(item=item("one"), owner=ANA, answer=Answer.DONE, who=ANA)
    shared = run(done, Task(item=item("two"), owner=BEN))
    assert end_card(shared, ANA).title == "All your items are answered. 1 item left for others."
    assert end_card(shared, EVE).title == "Nothing for you to do. 1 item left for others."
