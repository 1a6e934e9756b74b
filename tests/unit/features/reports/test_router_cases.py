"""Where the report flow leads: case by case, and on ten thousand walks through its forms."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest

from bot.core.flows.forms import known_in, read_form
from bot.core.forms import Answer, AnyInput, Choice, Choices
from bot.core.labeled import Recommendation
from bot.core.marketplaces import MARKETPLACES
from bot.features.reports.flows.report import REPORT
from bot.features.reports.flows.report_form import OfferedRight, ReportForm
from bot.features.reports.models.observations import MATTERS, Observation
from bot.features.reports.rules.routing import validity_of
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus
from tests.cases import for_each

TODAY = date(2026, 11, 24)
ASINS = ("B0ALDER001", "B0ALDER002")
WALKS, FEW_WALKS = 10_000, 1_000
OFFICES = ("US", "DE", "GB", "EU", "BX", "WO", "EP", "UP", "JP")
RESOLD = (Observation.GENUINE, Observation.PRICE)

Choosing = Callable[[AnyInput], Answer]


class RouterCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case of the table: its fields are explained there."""

    facts: str
    market: str = "US"
    rights: tuple[str, ...] = ()
    seller: str = ""
    sees: Observation
    knows: str = "suspicion"
    origin: str = ""
    tried: bool = False
    instead: str = "no"
    door: Recommendation
    claim: str = ""
    why: str

    def answers(self, asked: AnyInput) -> Answer:
        """Return what the person answers to the question."""
        matter = next(name for name, (_, seen) in MATTERS.items() if self.sees in seen)
        given: Mapping[str, Answer] = {
            "matter": matter,
            "seen": self.sees.value,
            "grounds": self.knows,
            "origin": self.origin,
            "tried": "yes" if self.tried else "no",
            "instead": self.instead,
            "right": "1",
            "asins": ASINS,
            "knows": "no",
            "draft": "yes",
        }
        return given[asked.name]


TABLE = Path(__file__).with_name("router_cases.toml")
CASES = msgspec.convert(tomllib.loads(TABLE.read_text("utf-8"))["case"], list[RouterCase])


def right(number: int, words: str) -> BrandRight:
    """Read a right: ``trademark WO:DE,FR until 2030-01-01``, ``trademark US pending``."""
    kind, office, *rest = words.split()
    country, _, countries = office.partition(":")
    return BrandRight(
        number=number,
        kind=BrandRightKind(kind),
        name="ALDER",
        registration="7",
        country=country,
        countries=tuple(countries.split(",")) if countries else (),
        status=BrandRightStatus.PENDING if "pending" in rest else BrandRightStatus.REGISTERED,
        expires=date.fromisoformat(rest[-1]) if "until" in rest else None,
    )


def begun(market: str, seller: str, rights: tuple[BrandRight, ...]) -> ReportForm:
    """Return what the flow knows when it begins."""
    return ReportForm(
        case="C-1",
        headline="Unknown seller",
        marketplace=market,
        seller="A1QX7ZP9KD4W2M",
        allowed=ASINS if seller == "authorized" else (),
        lawful=ASINS if seller == "lawful" else (),
        amazon=seller == "amazon",
        rights=tuple(
            OfferedRight(each.key, each.kind, each.label, validity_of(each, market, TODAY))
            for each in rights
        ),
        products=tuple((asin, asin) for asin in ASINS),
    )


def walk(form: ReportForm, choose: Choosing) -> ReportForm:
    """Answer the flow's forms to the end."""
    name = REPORT.steps[0].id
    while name:
        step = REPORT.step(name)
        assert step is not None
        answers = {asked.name: choose(asked) for asked in step.form(form).inputs}
        form = read_form(ReportForm, {**known_in(form), **answers})
        name = step.next(form)
    return form


@for_each("case", CASES, ids=lambda case: case.facts)
def test_a_matter_goes_through_the_door_that_a_professional_would_take(case: RouterCase) -> None:
    rights = tuple(right(number, words) for number, words in enumerate(case.rights, 1))
    found = walk(begun(case.market, case.seller, rights), case.answers).route
    assert (found.recommendation, found.claim or "") == (case.door, case.claim)


def test_the_table_of_cases_covers_each_observation_and_each_door() -> None:
    assert {case.sees for case in CASES} == set(Observation)
    assert {case.door for case in CASES} == set(Recommendation)
    assert len(CASES) >= 27 + 40
    assert all(case.why for case in CASES)


class Wandering(msgspec.Struct):
    """Somebody who answers anything that the forms offer, but the truth about what they know."""

    chance: Random
    resold: bool
    """The goods are genuine, and were first sold in the marketplace's territory."""

    def choose(self, asked: AnyInput) -> Answer:
        """Choose one of what is offered."""
        assert isinstance(asked, Choice | Choices)
        offered = [option.value for option in asked.options]
        if self.resold and asked.name == "matter":
            return "resold"
        if self.resold and asked.name == "origin":
            return "inside"
        chosen = self.chance.choice(offered)
        return chosen if isinstance(asked, Choice) else (chosen,)


def some_rights(chance: Random) -> tuple[BrandRight, ...]:
    """Make up a register."""
    return tuple(
        BrandRight(
            number=number,
            kind=chance.choice(tuple(BrandRightKind)),
            name="ALDER",
            registration="7",
            country=chance.choice(OFFICES),
            countries=chance.choice(((), ("DE", "GB"), ("EU",))),
            status=chance.choice(tuple(BrandRightStatus)),
            expires=chance.choice((None, date(2026, 11, 1), date(2020, 1, 1))),
        )
        for number in range(1, chance.randrange(4))
    )


@pytest.mark.parametrize("walks", [FEW_WALKS, pytest.param(WALKS, marks=pytest.mark.ci)])
def test_no_walk_leads_a_lawful_reseller_to_an_infringement_report(walks: int) -> None:
    chance = Random(2026)
    registers = [some_rights(chance) for _ in range(500)]
    doors = set()
    for _ in range(walks):
        seller = chance.choice(("resells", "authorized", "lawful"))
        market = chance.choice(MARKETPLACES).code
        wandering = Wandering(chance, resold=seller == "resells")
        form = walk(begun(market, seller, chance.choice(registers)), wandering.choose)
        assert form.route.recommendation is not Recommendation.INFRINGEMENT, form
        doors.add((seller, form.route.recommendation))
    # It is no empty promise: the walks come to many doors, Report Abuse among them.
    assert ("authorized", Recommendation.POLICY) in doors
    assert {("resells", Recommendation.LAWFUL), ("lawful", Recommendation.ASK)} <= doors
    assert len(doors) > 10


def test_walks_against_unknown_sellers_do_lead_to_infringement_reports() -> None:
    """The walk above can fail: nothing but the seller keeps these from the same door."""
    chance = Random(2026)
    own = (right(1, "trademark US"), right(2, "patent DE"), right(3, "design EU"))
    claims = {
        walk(
            begun(chance.choice(("US", "DE")), "", own), Wandering(chance, resold=False).choose
        ).route.claim
        for _ in range(1000)
    }
    assert {"counterfeit", "trademark", "copyright", "patent", "design"} <= claims
