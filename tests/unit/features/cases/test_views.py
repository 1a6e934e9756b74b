"""Cards say the point first, in lines that a phone shows without scrolling."""

from __future__ import annotations

import msgspec
import pytest

from bot.core import cards
from bot.core.cards import Card, Field, Style, Tone
from bot.core.findings import PRICE_FLOOR, Severity
from bot.core.interactions import Reply
from bot.core.patrols import PatrolState, PatrolSubject
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, RequestContext
from bot.core.text import CUT
from bot.core.views.lists import ListPage
from bot.features.cases.models.alert_groups import AlertGroup
from bot.features.cases.models.cases import Case
from bot.features.cases.models.tally import Tally
from bot.features.cases.views.case import case_card, case_line
from bot.features.cases.views.lists import alert_group_card, cases_card
from bot.features.cases.views.timeline import entries_card, gathered_card
from bot.features.cases.views.title import TWO_LINES
from bot.features.overview.views.digest import digest_card
from bot.features.overview.views.team import help_card, status_card
from bot.features.overview.views.todo import OpenCases, todo_card
from bot.features.pages.models import PageHealth
from bot.features.watchlist.models.health import Health
from bot.features.watchlist.views.outages import outage_card
from tests.pictures import story
from tests.pictures.story import BOWL, SCENE, ago

WAVE = AlertGroup(since=ago(minutes=6), last=SCENE.now, count=14, worst=Severity.CRITICAL)
WAITING = msgspec.structs.replace(story.FINE, fresh=23, waiting=1)


def named(case: Case, name: str) -> Card:
    watch = msgspec.structs.replace(BOWL, title=name)
    view = msgspec.structs.replace(SCENE, products={watch.key: watch})
    return case_card(case, view)


def digest(health: Health) -> Card:
    return digest_card(story.CASES[:4], 9, story.DAY, health, SCENE, ago(days=1))


def todo(health: Health, *awake: Case) -> Card:
    worst = max((case.severity for case in awake), default=Severity.INFO)
    cases = OpenCases(awake=awake, waiting=len(awake), worst=worst)
    return todo_card(cases, [], [], health, SCENE)


def text(card: Card) -> str:
    return "\n".join((card.title, card.body, *(f"{f.label}: {f.value}" for f in card.fields)))


@pytest.mark.parametrize(
    ("case", "title"),
    [
        (story.CRITICAL, "Buy Box lost: Alder & Finch Walnut Salad Bowl"),
        (story.SPREAD, "Buy Box lost on 2 of 4 products: seller A1QX7ZP9KD4W2M"),
        (story.SNOOZED, "Snoozed: unknown seller, Maple Serving Tray with Handles"),
        (story.QUIET, "Over for now: Buy Box lost, Beech Rolling Pin"),
        (story.CLOSED, "Closed: Buy Box lost, Alder & Finch Walnut Salad Bowl"),
    ],
)
def test_a_title_says_the_point_first_and_fits_two_lines(case: Case, title: str) -> None:
    assert case_card(case, SCENE).title == title
    assert len(title) <= TWO_LINES


def test_a_long_name_is_cut_behind_a_word_and_the_point_is_not() -> None:
    title = named(story.CRITICAL, "Hand Carved Olive Wood Cutting Board With Juice Groove").title
    assert title == f"Buy Box lost: Hand Carved Olive Wood Cutting Board{CUT}"


def test_a_seller_of_an_earlier_case_is_back() -> None:
    came = msgspec.structs.replace(story.SNOOZED, snoozed_until=None, earlier=4)
    assert case_card(came, SCENE).title == "Seller back: Maple Serving Tray with Handles"


def test_the_gist_says_what_the_title_does_not() -> None:
    shown = case_card(story.CRITICAL, SCENE)
    assert shown.gist == "USD 24.99, 37% below us · Below the floor of USD 32.00"
    assert shown.body == ""


def test_the_body_does_not_say_the_title_again() -> None:
    for case in story.CASES:
        shown = case_card(case, SCENE)
        assert shown.title not in shown.body


def test_the_thread_is_told_the_point_and_all_of_what_was_cut() -> None:
    [first, box, floor] = story.ALL_ENTRIES
    shown = entries_card(story.CRITICAL, [first, box, floor], SCENE)
    assert len(shown.title) <= TWO_LINES
    assert shown.body.splitlines() == [
        first.text,
        "• Holds the Buy Box",
        "• Below the floor of USD 32.00",
    ]
    alone = entries_card(story.CRITICAL, [box], SCENE)
    assert alone.title == "Buy Box lost: Alder & Finch Walnut Salad Bowl"
    assert alone.body == ""


def test_a_snoozed_case_is_calm_and_presses_nobody() -> None:
    shown = case_card(story.SNOOZED, SCENE)
    assert shown.tone is Tone.QUIET
    assert {button.style for button in shown.buttons} == {Style.PLAIN}
    awake = case_card(msgspec.structs.replace(story.SNOOZED, snoozed_until=ago(hours=1)), SCENE)
    assert awake.tone is Tone.WARNING
    assert awake.buttons[0].style is Style.PRIMARY


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (
            story.SPREAD,
            Field(
                "🚨 C-13 · Buy Box lost on 2 of 4 products",
                "seller A1QX7ZP9KD4W2M · 8 min",
                wide=True,
            ),
        ),
        (
            story.WORKED,
            Field(
                "🚨 C-11 · Buy Box lost",
                "Alder & Finch Walnut Salad Bowl · 2 min · Ana Alder",
                wide=True,
            ),
        ),
        (
            story.SNOOZED,
            Field(
                "⚪ C-10 · Unknown seller",
                "Maple Serving Tray with Handles · snoozed until 24 Nov 05:00",
                wide=True,
            ),
        ),
        (
            story.CLOSED,
            Field(
                "⚪ C-7 · Buy Box lost",
                "Alder & Finch Walnut Salad Bowl · closed: reported, and Amazon acted",
                wide=True,
            ),
        ),
    ],
)
def test_a_list_says_how_bad_which_what_where_and_how_old(case: Case, field: Field) -> None:
    assert case_line(case, SCENE) == field
    page = ListPage.of(1, 1, "cases all")
    assert cases_card([case], "all", page, SCENE).fields == (field,)


def test_what_could_not_be_checked_has_one_count_and_one_word() -> None:
    said = "Could not check 4 of 24 products"
    health = status_card(story.FAILING, story.OUT, SCENE)
    for card in (
        health,
        outage_card(story.FAILING, SCENE, ago(hours=2)),
        todo(story.FAILING),
        digest(story.FAILING),
    ):
        assert said in text(card)
        assert card.tone is Tone.WARNING
    counts = {field.label: field.value for field in health.fields}
    assert counts["Could not check"] == "4"
    assert counts["Not checked yet"] == "1"
    assert counts["Checked"] == "19 of 24 products"


def test_a_reason_that_several_products_share_is_said_once() -> None:
    shown = status_card(story.FAILING, story.ON_THEIR_WAY, SCENE)
    assert text(shown).count(story.WHY) == 1
    assert shown.fields[-1].value == "overdue: checked 50 min ago"


def test_what_was_not_looked_at_yet_is_no_all_clear() -> None:
    for card in (status_card(WAITING, story.ON_THEIR_WAY, SCENE), todo(WAITING), digest(WAITING)):
        assert "1 of 24 products not checked yet" in text(card)
        assert card.tone is Tone.INFO
    assert todo(story.FINE).tone is Tone.GOOD


def test_a_digest_says_a_day_by_case_on_one_screen() -> None:
    shown = digest(story.FAILING)
    assert shown.title == "9 open cases, 11 events since 22 Nov 05:00"
    assert shown.body.splitlines() == [
        "Could not check 4 of 24 products · 1 not checked yet: type /health.",
        "Changed: 2 new cases, 9 new findings.",
        "5 more open cases: type /cases.",
    ]
    assert [field.value.endswith("8 events") for field in shown.fields] == [True] + [False] * 3
    assert shown.fields[-1].label.startswith("⚪ C-10")


def test_a_digest_counts_what_happened_to_cases_that_it_does_not_show() -> None:
    shown = digest_card([story.SPREAD], 1, story.DAY, story.FINE, SCENE, ago(days=1))
    assert shown.body.splitlines()[-1] == "3 events in 1 other case."


def test_a_wave_says_within_how_long_it_came() -> None:
    assert alert_group_card(WAVE, SCENE).title == "14 more cases within 6 min"
    sudden = msgspec.structs.replace(WAVE, since=WAVE.last)
    assert alert_group_card(sudden, SCENE).title == "14 more cases within 1 min"


def test_help_groups_what_one_does_in_short_lines() -> None:
    told = (
        ("/cases [open|mine|all]", "List open cases, your cases or all cases.", HelpGroup.CASES),
        (
            "/watch ASIN [floor]",
            "Watch a product. Leave out the ASIN to open a form.",
            HelpGroup.WATCH,
        ),
        ("/new", "Something that stands in no group.", HelpGroup.MORE),
    )

    async def run(_: RequestContext) -> list[Reply]:
        return []

    shown = help_card(
        [
            CommandSpec("x", usage, summary, Permission.READ, run, group=group)
            for usage, summary, group in told
        ]
    )
    assert shown.fields == (
        Field("Watch products", "/watch · Watch a product", wide=True),
        Field("Work on cases", "/cases · List open cases, your cases or all cases", wide=True),
        Field("More", "/new · Something that stands in no group", wide=True),
    )


def test_what_goes_on_with_many_products_is_said_in_words_whichever_rule_found_it() -> None:
    tally = Tally(active={"hidden-sellers": 2, "ships-from-elsewhere": 1, PRICE_FLOOR: 3})
    card = gathered_card(msgspec.structs.replace(story.CRITICAL, tally=tally), 6, SCENE)
    assert card.body.splitlines()[1:] == [
        "• Below your price floor: 3 products",
        "• Hidden sellers: 2 products",
        "• Ships from elsewhere: 1 product",
    ]


def test_each_question_says_how_far_it_comes_and_what_could_not_be_checked() -> None:
    pages = PatrolState(subject=PatrolSubject.PAGES, region="eu", products=24, read=24, round=20.0)
    counts = msgspec.structs.replace(
        pages, subject=PatrolSubject.PRICES, why="Amazon is down.", since=ago(hours=1)
    )
    well = msgspec.structs.replace(story.FINE, patrols=(pages, counts))
    shown = status_card(well, story.ON_THEIR_WAY, SCENE)
    assert field_of(shown, "Also checked") == "Pages: 24 of 24, about every 20 s"
    assert field_of(shown, "Offer counts").startswith("Could not check since ")
    # Full checks find what offer counts would have shown sooner.
    assert shown.tone == status_card(story.FINE, story.ON_THEIR_WAY, SCENE).tone
    for blind in (
        msgspec.structs.replace(pages, why="Amazon is down.", since=ago(hours=1)),
        msgspec.structs.replace(pages, read=23, failing=1, why="Amazon did not send the title."),
    ):
        told = status_card(
            msgspec.structs.replace(well, patrols=(blind,)), story.ON_THEIR_WAY, SCENE
        )
        assert told.tone is Tone.WARNING
        assert "ould not check" in field_of(told, "Pages")


@pytest.mark.parametrize("pages", [PageHealth(waiting=3), PageHealth(partly=1)])
def test_pages_that_nobody_approved_or_compared_whole_are_no_all_clear(pages: PageHealth) -> None:
    assert status_card(story.FINE, story.HELD, SCENE).tone is Tone.GOOD
    assert status_card(story.FINE, story.HELD, SCENE, pages=pages).tone is Tone.INFO


def test_what_could_not_be_checked_is_named_whatever_else_there_is_to_tell() -> None:
    states = tuple(
        PatrolState(subject=subject, region=region, products=9, why="Down.", since=ago(hours=1))
        for subject in PatrolSubject
        for region in ("na", "eu", "fe")
    )
    failing = msgspec.structs.replace(story.FAILING, patrols=states)
    shown = status_card(failing, story.ON_THEIR_WAY, SCENE)
    assert len(shown.fields) == cards.FIELDS
    named = [each.label for each in shown.fields[-2:]]
    assert named == [watch.name for watch, _ in story.FAILING.unchecked[:2]]


def field_of(card: Card, label: str) -> str:
    return next(each.value for each in card.fields if each.label == label)
