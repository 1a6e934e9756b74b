"""The shipped checklists: each lints clean, fits a week, and says what it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from statistics import mean, median

from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.features import COMMAND_NAMES, COMMANDS
from bot.core.labeled import Duty
from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.text import CUT
from bot.features.checklists.models.definitions import Area, Checklist, Item, ProofKind
from bot.features.checklists.models.runs import Answer, ItemStatus, Run, Task
from bot.features.checklists.rules.calendar import expiry
from bot.features.checklists.rules.planning import plan
from bot.features.checklists.views.items import explain_card, item_card
from checks.checklists import lint, shipped
from checks.checklists.gathering import FOLDER
from tests.cases import for_each
from tests.unit.checks.checklists.samples import LONGEST

CADENCES = CronCadences()
ALL = shipped()
RECURRING = tuple(checklist for checklist in ALL if checklist.cadence)
ANA = Person("ana", "Ana")
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)

_TYPED = re.compile(r"(?<![\w/])/([a-z][a-z-]*)")


def by_id(id: str) -> Checklist:
    [found] = [checklist for checklist in ALL if checklist.id == id]
    return found


def texts(item: Item) -> str:
    return " ".join((item.title, item.why, *item.steps))


def moments(checklist: Checklist) -> Iterator[datetime]:
    at = SINCE
    while (at := CADENCES.following(checklist.cadence, "UTC", at)) < UNTIL:
        yield at


def asked(checklist: Checklist) -> Iterator[tuple[date, int]]:
    """Give the days and minutes of all runs, if every item is answered at once."""
    standings: dict[str, ItemStatus] = {}
    for at in moments(checklist):
        following = CADENCES.following(checklist.cadence, "UTC", at)
        tasks = plan(checklist, standings, Team(), at, following)
        for task in tasks:
            until = expiry(task.item, at, following, Team())
            standings[task.item.id] = ItemStatus(
                checklist=checklist.id,
                item=task.item.id,
                answer=Answer.DONE,
                at=at,
                expires_at=until,
            )
        if tasks:
            yield at.date(), sum(task.item.minutes for task in tasks)


@for_each("checklist", ALL, ids=lambda checklist: checklist.id)
def test_it_lints_clean(checklist: Checklist) -> None:
    assert lint(checklist, CADENCES, COMMAND_NAMES) == []


def test_each_file_is_called_as_its_checklist() -> None:
    assert [checklist.id for checklist in ALL] == sorted(
        path.stem for path in FOLDER.glob("*.toml")
    )


def test_every_week_asks_for_the_account_in_six_items_and_about_twelve_minutes() -> None:
    weekly = by_id("account-security")
    assert weekly.cadence == "0 9 * * mon"
    assert (len(weekly.items), weekly.minutes) == (6, 12)


def test_no_item_says_that_it_takes_no_time() -> None:
    """Who is promised no time presses Done unread."""
    assert [item.id for checklist in ALL for item in checklist.items if not item.minutes] == []


def test_five_items_come_before_all_others() -> None:
    assert [
        (checklist.id, item.id) for checklist in ALL for item in checklist.items if item.first
    ] == [
        ("account-access", "mailbox"),
        ("account-security", "two-step"),
        ("account-security", "users"),
        ("account-security", "sign-ins"),
        ("intellectual-property", "expiring"),
    ]


def test_no_points_are_given_for_a_new_password_by_the_calendar() -> None:
    rotation = by_id("account-access").item("rotation")
    assert rotation is not None
    assert (rotation.proof, rotation.expires) == (ProofKind.NONE, 0)
    assert "months" not in texts(rotation)


def test_phishing_is_told_of_in_every_channel() -> None:
    mail = by_id("account-security").item("mail")
    assert mail is not None
    for word in ("email", "buyer message", "text", "caller", "stop-spoofing@amazon.com"):
        assert word in texts(mail)


def test_a_team_spends_about_half_an_hour_a_week() -> None:
    spent: Counter[tuple[int, int]] = Counter()
    for checklist in RECURRING:
        for day, minutes in asked(checklist):
            spent[day.isocalendar()[:2]] += minutes
    assert median(spent.values()) <= 30
    assert mean(spent.values()) < 45
    assert max(spent.values()) <= 160


def test_no_day_brings_two_of_them() -> None:
    days = Counter(at.date() for checklist in RECURRING for at in moments(checklist))
    assert [day for day, times in days.items() if times > 1] == []


def test_every_area_and_every_duty_has_its_share() -> None:
    assert {checklist.area for checklist in RECURRING} == set(Area)
    owners = {item.owner or checklist.owner for checklist in RECURRING for item in checklist.items}
    assert owners == set(Duty)


@for_each("checklist", ALL, ids=lambda checklist: checklist.id)
def test_its_texts_name_only_commands_that_exist(checklist: Checklist) -> None:
    known = {spec.name for spec in COMMANDS}
    typed = {name for item in checklist.items for name in _TYPED.findall(texts(item))}
    assert typed - known == set()


@for_each("checklist", ALL, ids=lambda checklist: checklist.id)
def test_what_wants_a_proof_says_so_and_nothing_else_does(checklist: Checklist) -> None:
    for item in checklist.items:
        tells = "press Done" in texts(item) or "Press Done" in texts(item)
        assert tells is (item.proof is not ProofKind.NONE), item.id


@for_each("checklist", ALL, ids=lambda checklist: checklist.id)
def test_every_item_says_how(checklist: Checklist) -> None:
    for item in checklist.items:
        assert len(item.steps) >= 2, item.id


@for_each("checklist", [*ALL, LONGEST], ids=lambda checklist: checklist.id)
def test_nothing_of_it_is_cut_on_any_card(checklist: Checklist) -> None:
    tasks = tuple(Task(item=item) for item in checklist.items)
    run = Run(
        number=999_999,
        checklist=checklist.id,
        title=f"{checklist.title}, September 2026",
        area=checklist.area,
        duty=checklist.owner,
        planned_at=SINCE,
        posted_at=SINCE,
        tasks=tasks,
    )
    for task in tasks:
        for card in (item_card(run, task, ANA, ""), explain_card(run, task, ANA, checklist)):
            assert CUT not in f"{card.title}{card.body}{card.footer}", task.item.id


def test_users_and_apps_are_proven_by_lists() -> None:
    proofs = {
        (checklist.id, item.id): item.proof
        for checklist in RECURRING
        for item in checklist.items
        if item.proof is not ProofKind.NONE
    }
    assert proofs == {
        ("account-security", "users"): ProofKind.USERS,
        ("account-access", "apps"): ProofKind.APPS,
        ("brand-building", "ratings"): ProofKind.COUNT,
        ("brand-registration", "roles"): ProofKind.USERS,
        ("offboarding", "users"): ProofKind.USERS,
        ("packaging-and-marks", "photos"): ProofKind.FILE,
        ("supply-chain", "samples"): ProofKind.FILE,
    }
