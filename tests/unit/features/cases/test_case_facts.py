"""The facts of a case's card stand in fixed places, and none of them is stale."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core import cards
from bot.core.cards import Card, Field, Tone
from bot.core.findings import AT_RISK, TO_DO, Fact
from bot.core.team import Team
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import CaseReport, EvidenceNeed
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.rules import transitions
from bot.features.cases.views.case import case_card
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.facts import fitting
from tests.pictures import story
from tests.pictures.story import ANA, BOWL, CRITICAL, SCENE, THIEF, ago

ORDER = [
    *("State", "Assigned to", "Product", "Products", "Seller"),
    *(
        "Price",
        "Price gap",
        "Floor",
        "Condition",
        "Fulfillment",
        "Buy Box",
        "Feedback",
        "Not shown",
    ),
    *("The alert said", "Since", "Began", "Ended", "Sales at risk", "Profit at risk"),
    *("Report", "What to do", "What comes next", "Note", "Seen before", "Who it is", "Evidence"),
]
PICTURE = "https://m.media-amazon.com/images/I/bowl.jpg"
REPORT = CaseReport(label="R-3", said="Filed", todo="Has Amazon answered?")
STATES = {
    "new": CRITICAL,
    "acknowledged": transitions.acknowledge(CRITICAL, ANA, ago(minutes=1)).case,
    "assigned": story.WORKED,
    "snoozed": story.SNOOZED,
    "over": story.QUIET,
    "closed": story.CLOSED,
    "on several products": story.SPREAD,
    "used": story.USED,
    "Amazon itself": story.OUTLET,
}


def told(case: Case, **more: object) -> CaseContext:
    """Return the view of a case whose report and evidence are there, too."""
    profile = SellerProfile(
        seller=THIEF, marketplace="US", name="BrightLeaf", source="", read_at=ago(minutes=3)
    )
    view = msgspec.structs.replace(
        SCENE,
        reports={case.key: REPORT},
        needs={case.key: (EvidenceNeed(name="buy", label="Test buy", why="", has=1),)},
        earlier={case.key: "R-1: accepted."},
        profiles={profile.key: profile},
    )
    return msgspec.structs.replace(view, **more)


def values(card: Card) -> dict[str, str]:
    return {field.label: field.value for field in card.fields}


def over(case: Case, view: CaseContext = SCENE) -> tuple[Case, CaseContext]:
    """End all that goes on in a case."""
    known = []
    for on in view.affected[case.key]:
        ended = on
        for signal in on.signals:
            end = msgspec.structs.replace(signal, ended_at=ago(seconds=30))
            case, ended = case.with_signal(ended, end)
        known.append(ended)
    return case, msgspec.structs.replace(view, affected={case.key: tuple(known)})


@pytest.mark.parametrize("with_report", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_facts_stand_in_the_same_order_in_every_state(state: str, with_report: bool) -> None:
    case = STATES[state]
    card = case_card(case, told(case) if with_report else SCENE)
    labels = [field.label for field in card.fields]
    assert labels == sorted(labels, key=ORDER.index)
    assert len(labels) == len(set(labels))
    assert labels[0] == "State"


def test_a_new_alert_says_all_that_matters_now() -> None:
    card = case_card(CRITICAL, SCENE)
    assert card.badge == "Critical"
    assert values(card) == {
        "State": "New: not acknowledged yet",
        "Assigned to": "no one yet",
        "Product": f"{BOWL.title}\nB0ALDER000 · SKU AF-000 · amazon.com",
        "Seller": THIEF,
        "Price": "USD 24.99 incl. shipping, ours USD 39.90",
        "Price gap": "37% below ours, 21% below your floor of USD 32.00",
        "Condition": "new",
        "Fulfillment": "by the seller, ships from Shenzhen, CN",
        "Buy Box": "held by this seller since",
        "Feedback": "3 ratings, 33% positive",
        "Since": "",
        "Sales at risk": "up to USD 518.70 a day at 13 units a day",
        "What comes next": (
            "Acknowledge it, so that your team knows who is on it. Then collect evidence."
        ),
    }


def test_an_owner_moves_no_other_fact() -> None:
    labels = [field.label for field in case_card(CRITICAL, SCENE).fields]
    assert [field.label for field in case_card(story.WORKED, SCENE).fields] == labels


def test_a_fact_keeps_its_moment_for_each_reader() -> None:
    moments = {field.label: field.at for field in case_card(CRITICAL, SCENE).fields if field.at}
    assert moments == {"Buy Box": ago(minutes=2), "Since": ago(minutes=2)}
    state = case_card(STATES["acknowledged"], SCENE).fields[0]
    assert state == Field("State", "Acknowledged by Ana Alder ·", at=ago(minutes=1))
    state = case_card(story.SNOOZED, SCENE).fields[0]
    assert state == Field("State", "Snoozed until", at=SCENE.now + timedelta(days=1))


def test_a_case_that_is_over_says_what_it_was_and_when_and_nothing_stale() -> None:
    case, view = over(CRITICAL)
    card = case_card(case, view)
    assert (card.tone, card.badge, card.gist, card.body) == (Tone.GOOD, "", "", "")
    assert values(card) == {
        "State": "Over since",
        "Assigned to": "no one yet",
        "Product": f"{BOWL.title}\nB0ALDER000 · SKU AF-000 · amazon.com",
        "Seller": THIEF,
        "The alert said": (
            "The Buy Box of Alder & Finch Walnut Salad Bowl is held by A1QX7ZP9KD4W2M"
        ),
        "Began": "",
        "What comes next": (
            "Close the case, or leave it: if the problem starts again, this card shows it."
        ),
    }
    assert card.fields[0].at == ago(seconds=30)


def test_an_end_is_not_told_before_all_products_are_known() -> None:
    case, view = over(story.SPREAD)
    some = msgspec.structs.replace(view, affected={case.key: view.affected[case.key][:2]})
    assert case_card(case, some).fields[0] == Field("State", "Over for now")
    assert case_card(case, view).fields[0] == Field("State", "Over since", at=ago(seconds=30))


def test_a_closed_case_says_by_whom_when_it_was_and_asks_for_nothing() -> None:
    card = case_card(story.CLOSED, SCENE)
    assert card.fields[0].at == ago(minutes=20)
    assert not {"Price", "Price gap", "Buy Box", AT_RISK, "What comes next"} & values(card).keys()
    assert (card.badge, card.gist) == ("", "")


def test_profit_takes_the_place_of_sales_once_the_margin_is_known() -> None:
    view = msgspec.structs.replace(SCENE, team=Team(margin=30))
    shown = values(case_card(CRITICAL, view))
    assert shown["Profit at risk"] == ("up to USD 155.61 a day at a 30% margin, if no unit is sold")
    assert AT_RISK not in shown


def test_a_price_that_nobody_could_compare_leaves_no_gap() -> None:
    labels = values(case_card(story.USED, SCENE))
    assert "Price gap" not in labels


def test_a_report_says_what_comes_next_before_anything_else() -> None:
    shown = values(case_card(CRITICAL, told(CRITICAL)))
    assert shown["Report"] == "R-3: Filed."
    assert shown["What comes next"] == "Has Amazon answered?"


@pytest.mark.parametrize(
    ("has", "said"),
    [
        (0, "Collect evidence, then file a report. Still missing: Test buy."),
        (1, "File a report: a few questions lead to the right Amazon form."),
    ],
)
def test_evidence_comes_before_the_report(has: int, said: str) -> None:
    case = STATES["acknowledged"]
    need = EvidenceNeed(name="buy", label="Test buy", why="", has=has)
    view = msgspec.structs.replace(SCENE, needs={case.key: (need,)})
    assert values(case_card(case, view))["What comes next"] == said


def test_what_a_rule_says_is_to_be_done_is_what_comes_next() -> None:
    shown = values(case_card(story.OUTLET, SCENE))
    assert TO_DO in shown
    assert "What comes next" not in shown


def test_a_card_shows_the_picture_of_the_product_that_its_title_names() -> None:
    view = msgspec.structs.replace(SCENE, pictures={BOWL.key: PICTURE})
    assert case_card(CRITICAL, view).thumbnail == PICTURE
    assert case_card(story.QUIET, view).thumbnail == ""


def test_facts_too_long_for_a_card_leave_out_the_least_important() -> None:
    fields = tuple(Field(str(number), "x" * 99) for number in range(10))
    assert fitting(fields, 250) == fields[:2]
    assert len(fitting(fields * 3, 10_000)) == cards.FIELDS


def test_hostile_facts_never_make_a_card_too_large() -> None:
    loud = tuple(Fact("Seller" * 9, "W" * 10_000) for _ in range(20))
    [on] = SCENE.affected[CRITICAL.key]
    noisy = [msgspec.structs.replace(signal, facts=loud, brief="W" * 500) for signal in on.signals]
    many = msgspec.structs.replace(on, signals=tuple(noisy))
    view = msgspec.structs.replace(told(CRITICAL), affected={CRITICAL.key: (many,)})
    assert case_card(CRITICAL, view).size <= cards.CARD
