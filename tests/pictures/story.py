"""A morning of the sample team: what the rules find in invented readings, and the cases of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from bot.core.chat_troubles import Topic, Trouble, Undelivered
from bot.core.competitive_summary import CompetitiveSummary, ConditionOffer
from bot.core.condition_history import ConditionHistory
from bot.core.conditions import Condition
from bot.core.findings import Finding, RuleContext
from bot.core.history import History
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch, WatchStatus
from bot.core.money import Money
from bot.core.permissions import Person
from bot.core.scheduler import WorkHealth
from bot.core.team import Team
from bot.core.views.health import Messages
from bot.features.cases.models.cases import CloseReason, Entry
from bot.features.cases.models.signals import Affected, Lead
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules import correlation, transitions
from bot.features.cases.views.context import CaseContext
from bot.features.watchlist.models.health import Health
from checks.conditions import evaluate_conditions
from checks.conditions.context import ConditionContext
from checks.offers import evaluate
from tests.fakes import START as NOW

OWN = "A3ALDERFINCH01"
THIEF = "A1QX7ZP9KD4W2M"
OTHER = "A2KITCHENNOOK7"
FRIEND = "A2TRUSTEDSHOP9"
ANA, BEN = Person("ana", "Ana Alder"), Person("ben", "Ben")

TITLES = (
    "Alder & Finch Walnut Salad Bowl, 12 Inch, with Servers",
    "Olive Wood Cutting Board with Juice Groove, Large",
    "Maple Serving Tray with Handles, Set of 2",
    "Beech Rolling Pin",
    "Cherry Wood Spoons - Set of 5",
    "Acacia Cheese Board (Round)",
    "Oak Pepper Mill",
    "Bamboo Bread Box, Extra Large, with Window",
)


def usd(amount: str) -> Money:
    """Return dollars."""
    return Money(Decimal(amount), "USD")


def ago(**by: float) -> datetime:
    """Return a moment before now."""
    return NOW - timedelta(**by)


WATCHES = tuple(
    Watch(
        asin=f"B0ALDER0{number:02d}",
        marketplace="US",
        title=TITLES[number % len(TITLES)],
        floor=usd("32") if number % 3 == 0 else None,
        sku=f"AF-{number:03d}" if number % 2 == 0 else "",
        daily_units=13 if number % 3 == 0 else None,
        added_at=ago(days=40),
    )
    for number in range(24)
)
BOWL, BOARD, TRAY, PIN = WATCHES[0], WATCHES[1], WATCHES[2], WATCHES[3]
MISTYPED = Watch(asin="B0NOTEXIST", marketplace="US", added_at=NOW)
SCENE = CaseContext(
    now=NOW,
    team=Team(zone="America/New_York", quiet_from=22, quiet_to=7),
    links=Links(),
    products={watch.key: watch for watch in WATCHES},
)

OURS = Offer(seller=OWN, price=usd("39.90"), shipping=usd("0"), fba=True)
CHEAP = Offer(
    seller=THIEF,
    price=usd("24.99"),
    shipping=usd("0"),
    fba=False,
    feedback_count=3,
    positive_percent=33,
    ships_from="Shenzhen, CN",
)
DEARER = Offer(
    seller=OTHER,
    price=usd("38.50"),
    shipping=usd("0"),
    fba=True,
    feedback_count=2150,
    positive_percent=97,
)


def reading(watch: Watch, at: datetime, offers: Iterable[Offer], holder: str) -> Snapshot:
    """Return a reading in which these offers are listed, and no other."""
    listed = tuple(offers)
    return Snapshot(
        asin=watch.asin,
        marketplace="US",
        at=at,
        offers=listed,
        total=len(listed),
        holders=(holder,) if holder else (),
        digest="ab" * 32,
    )


def findings(watch: Watch, *readings: Snapshot) -> Iterator[Finding]:
    """Yield what the rules conclude from one reading after the other."""
    before = History(key=watch.key)
    for snapshot in readings:
        now = before.apply(snapshot, watch.floor)
        yield from evaluate(
            RuleContext(
                watch=watch, snapshot=snapshot, before=before, now=now, own=frozenset({OWN})
            )
        )
        before = now


def told(number: int, found: Iterable[Finding], earlier: int | None = None) -> list[Transition]:
    """Return what the findings about one culprit do, one after the other."""
    turns: list[Transition] = []
    for finding in found:
        if turns:
            case = turns[-1].case
            known = {on.asin: on for on in products(turns)}
            on = known.get(finding.asin) or Affected.untouched(
                case.key, case.marketplace, finding.asin
            )
            turn = correlation.correlate(case, on, finding)
            turns += [turn] if turn else []
        else:
            turns.append(correlation.open_case(number, finding, earlier))
    lead = Lead.of(products(turns))
    turns[-1] = msgspec.structs.replace(
        turns[-1], case=msgspec.structs.replace(turns[-1].case, lead=lead)
    )
    return turns


def products(turns: Iterable[Transition]) -> tuple[Affected, ...]:
    """Return the case's products as they are after the turns."""
    return tuple({on.key: on for turn in turns for on in turn.affected}.values())


def invaded(watch: Watch, at: datetime, offer: Offer = CHEAP, *, box: bool = True) -> list[Finding]:
    """Return what is found when a stranger comes."""
    holder = offer.seller if box else OWN
    return list(
        findings(
            watch,
            reading(watch, at - timedelta(minutes=10), [OURS], OWN),
            reading(watch, at, [OURS, offer], holder),
        )
    )


def entries(turns: Iterable[Transition]) -> list[Entry]:
    """Return what stands in the timeline."""
    return [turn.entry for turn in turns if turn.entry]


CRITICAL_TURNS = told(12, invaded(BOWL, ago(minutes=2)), earlier=4)
CRITICAL = CRITICAL_TURNS[-1].case
SPREAD_TURNS = told(
    13,
    [
        finding
        for number, watch in enumerate(WATCHES[:4])
        for finding in invaded(watch, ago(minutes=8 - number), box=number % 2 == 0)
    ],
)
SPREAD = SPREAD_TURNS[-1].case
_ASSIGNED = transitions.assign(
    transitions.acknowledge(CRITICAL, ANA, ago(minutes=1)).case, ANA, ago(minutes=1)
).case
SNOOZED_TURNS = told(10, invaded(TRAY, ago(hours=5), DEARER, box=False))
SNOOZED = transitions.snooze(
    SNOOZED_TURNS[-1].case,
    BEN,
    ago(hours=1),
    NOW + timedelta(days=1),
    "24 Nov 10:00",
).case
WORKED = msgspec.structs.replace(_ASSIGNED, number=11)


def _quiet() -> list[Transition]:
    gone = [reading(PIN, ago(minutes=each), [OURS], OWN) for each in (90, 60, 30)]
    came = reading(PIN, ago(hours=3), [OURS, DEARER], OTHER)
    first = reading(PIN, ago(hours=4), [OURS], OWN)
    return told(9, findings(PIN, first, came, *gone))


def _not_new(watch: Watch, *offers: ConditionOffer) -> list[Finding]:
    """Return what is found when offers that are not new are listed."""
    new = ConditionOffer(condition=Condition.NEW, offer=OURS)
    summary = CompetitiveSummary(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=ago(minutes=6),
        offers={
            condition: tuple(each for each in (new, *offers) if each.condition is condition)
            for condition in Condition
        },
    )
    before = ConditionHistory(key=watch.key)
    now = before.apply(summary)
    return evaluate_conditions(
        ConditionContext(watch=watch, summary=summary, before=before, now=now, own=frozenset({OWN}))
    )


def _used(seller: str, price: str, sub_condition: str = "Mint") -> ConditionOffer:
    sold = Offer(seller=seller, price=usd(price), shipping=usd("4.99"), fba=False)
    return ConditionOffer(condition=Condition.USED, sub_condition=sub_condition, offer=sold)


USED_TURNS = told(16, _not_new(BOARD, *[_used(OTHER, "14.90")] * 20))
USED = USED_TURNS[-1].case
OUTLET_TURNS = told(17, _not_new(BOWL, _used("A2L77EE7U53NWQ", "25.10", "OpenBox")))
OUTLET = OUTLET_TURNS[-1].case
QUIET_TURNS = _quiet()
QUIET = QUIET_TURNS[-1].case
CLOSED = transitions.close(
    msgspec.structs.replace(WORKED, number=7),
    BEN,
    ago(minutes=20),
    CloseReason.REPORTED,
    "Test buy showed a copy with another label. Report 1234567890 was accepted within a day.",
).case
SCENE = msgspec.structs.replace(
    SCENE,
    affected={
        CRITICAL.key: products(CRITICAL_TURNS),
        SPREAD.key: products(SPREAD_TURNS),
        SNOOZED.key: products(SNOOZED_TURNS),
        QUIET.key: products(QUIET_TURNS),
        USED.key: products(USED_TURNS),
        OUTLET.key: products(OUTLET_TURNS),
        WORKED.key: products(CRITICAL_TURNS),
        CLOSED.key: products(CRITICAL_TURNS),
    },
)
CASES = [SPREAD, CRITICAL, WORKED, SNOOZED, QUIET, CLOSED]
ALL_ENTRIES = entries(CRITICAL_TURNS)
DAY = [*entries(SPREAD_TURNS), *ALL_ENTRIES]


def status(watch: Watch, failure: str = "", **since: float) -> WatchStatus:
    """Return how a watch is seen."""
    if not failure:
        return WatchStatus(key=watch.key, tried_at=ago(**since), seen_at=ago(**since))
    return WatchStatus(
        key=watch.key,
        tried_at=ago(minutes=1),
        seen_at=ago(hours=3),
        failure=failure,
        failing_since=ago(**since),
        failures=7,
    )


WHY = "Amazon answers: access to the requested resource is denied (403)"
FINE = Health(watched=24, fresh=24, waiting=0, failing=[], oldest=status(BOWL, minutes=9))
FAILING = Health(
    watched=24,
    fresh=19,
    waiting=1,
    failing=[(watch, status(watch, WHY, hours=2)) for watch in WATCHES[4:7]],
    overdue=[(WATCHES[7], status(WATCHES[7], minutes=50))],
    oldest=status(WATCHES[7], minutes=50),
)
ON_THEIR_WAY = Messages()
WORK = (
    WorkHealth(
        name="follow-ups",
        label="Report follow-ups",
        failing=1,
        failures=36,
        failing_for=timedelta(hours=3),
        why="something went wrong",
    ),
)

HELD = Messages(held=14, held_until=NOW + timedelta(hours=9))
OUT = Messages(
    waiting=2,
    error="I am not in that channel.",
    troubles=(
        Trouble(
            chat="near",
            topic=Topic.ROOM,
            since=ago(hours=1),
            cause="I am not in that channel.",
            remedy="Invite me there.",
        ),
    ),
    undelivered=(
        Undelivered(chat="near", sequence="1", at=ago(hours=2), title="Photo", why="Too large."),
    ),
)
