"""What is found after the last death: everything that was promised, compared with what is there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from adapters.capture.files import FileEvidence
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.audit.entries import AuditEntry
from bot.core.cards import Card
from bot.core.collections import AUDIT, HANDLED, OUTBOX, UNDOABLES
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.team import Team
from bot.core.undo.models import Undoable
from bot.features.cases.collections import AFFECTED, CASES, ENTRIES
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.models.signals import Affected
from bot.features.cases.service.affected import SHOWN
from bot.features.cases.service.messages import head_of
from bot.features.cases.views.case import case_card
from bot.features.cases.views.context import CaseContext
from bot.features.watchlist.collections import WATCHES
from tests.journeys.busy_team import ANA
from tests.journeys.deaths import Trial
from tests.scenarios import OWN_SELLER
from tests.tallies import tally_of

ALL = 1_000_000
NOTHING = Card(title="not posted")

ONCE = {"acknowledge": "Ana acknowledged it.", "assign": "Ana took it.", "close": "Ana closed it"}
"""How the timeline tells of each effect."""


@dataclass(frozen=True)
class Remains:
    """What the last process left in the folder."""

    cases: dict[str, Case]
    timelines: dict[str, list[Entry]]
    affected: dict[str, list[Affected]]
    products: dict[str, Watch]
    handled: frozenset[str]
    audit: list[AuditEntry]
    acts: list[Undoable]
    unsent: int


async def remains_of(trial: Trial) -> Remains:
    store = await TinyStore.open(trial.folder / "store", COLLECTIONS)
    cases = {case.key: case for case in await store.page(CASES, limit=ALL)}
    timelines = {key: await store.find(ENTRIES, "case", key, limit=ALL) for key in cases}
    affected = {key: await store.find(AFFECTED, "case", key, limit=ALL) for key in cases}
    handled = frozenset(done.id for done in await store.page(HANDLED, limit=ALL))
    products = {watch.key: watch for watch in await store.page(WATCHES, limit=ALL)}
    audit, acts = await store.page(AUDIT, limit=ALL), await store.page(UNDOABLES, limit=ALL)
    unsent = await store.count(OUTBOX)
    remains = Remains(cases, timelines, affected, products, handled, audit, acts, unsent)
    await store.close()
    return remains


def lost_writes(trial: Trial, remains: Remains) -> list[str]:
    """Name what was confirmed to the team and is not there, or is there twice."""
    wrong = []
    for id, key, effect in trial.acknowledged():
        case = remains.cases.get(key)
        timeline = remains.timelines.get(key, [])
        told = sum(entry.text.startswith(ONCE[effect]) for entry in timeline)
        if case is None or not _took_effect(case, effect) or told != 1 or id not in remains.handled:
            wrong.append(id)
    return wrong


def _took_effect(case: Case, effect: str) -> bool:
    return {
        "acknowledge": case.acknowledged_by == ANA,
        "assign": case.assignee == ANA,
        "close": not case.open and case.closed_by == ANA,
    }[effect]


def unrecorded_acts(remains: Remains) -> list[str]:
    """Name what people did that is not in the audit record, or not once, and the other way."""
    done = {
        f"{ENTRIES.name} {entry.key}"
        for timeline in remains.timelines.values()
        for entry in timeline
        if entry.who is not None
    }
    recorded = Counter(
        place
        for entry in remains.audit
        for place in entry.written
        if place.startswith(f"{ENTRIES.name} ")
    )
    return sorted(done.symmetric_difference(recorded)) + [
        place for place, count in recorded.items() if count > 1
    ]


def unannounced_acts(trial: Trial, remains: Remains) -> list[str]:
    """Name the acts that the channel did not hear of, or whose Undo it does not show."""
    recorded = Counter(entry.act for entry in remains.audit)
    undone = [act for act in remains.acts if act.undone_by is not None]
    wrong = []
    announced = [act for act in remains.acts if not act.told]
    if (recorded["settings"], recorded["undo"]) != (len(announced), len(undone)):
        wrong.append(f"{recorded} in the record")
    heard = {name for name in trial.chat.posts if name.startswith("act-")}
    wrong += sorted(heard.symmetric_difference(act.message for act in announced))
    shown = {act.message: trial.chat.cards.get(act.message, NOTHING) for act in remains.acts}
    return wrong + [
        act.message for act in remains.acts if bool(shown[act.message].pressable) != act.open
    ]


def doubled_cases(remains: Remains) -> list[str]:
    """Name the culprits with several open cases, and numbers that are missing."""
    opened = Counter(case.fingerprint for case in remains.cases.values() if case.open)
    doubled = [fingerprint for fingerprint, count in opened.items() if count > 1]
    numbers = sorted(case.number for case in remains.cases.values())
    holes = set(range(1, len(numbers) + 1)).symmetric_difference(numbers)
    return doubled + [f"C-{number}" for number in sorted(holes)]


def torn_timelines(remains: Remains) -> list[str]:
    """Name the cases whose timeline has a gap, or does not begin with the opening."""
    wrong = []
    for key, case in remains.cases.items():
        entries = remains.timelines[key]
        opened = [entry.place for entry in entries if entry.kind is EntryKind.OPENED]
        places = [entry.place for entry in entries]
        if places != list(range(1, case.entries + 1)) or opened != [1]:
            wrong.append(case.label)
    return wrong


def lost_messages(trial: Trial, remains: Remains) -> list[str]:
    """Name what the channel should have heard and did not, and what it heard without a reason.

    It hears of each case, and in its thread of all that follows.
    """
    if remains.unsent:
        return [f"{remains.unsent} wait in the outbox"]
    promised = {
        name for case in remains.cases.values() for name in told(case, remains.timelines[case.key])
    }
    heard = {name for name in trial.chat.posts if name.startswith("C-")}
    return sorted(promised.symmetric_difference(heard))


def told(case: Case, timeline: list[Entry]) -> set[str]:
    """Name the messages of a case: all that one moment brought is told in one."""
    firsts: dict[datetime, int] = {}
    for entry in timeline:
        firsts.setdefault(entry.at, entry.place)
    return {f"{head_of(case)}/{n}" if n > 1 else head_of(case) for n in firsts.values()}


def doubled_messages(trial: Trial) -> list[str]:
    """Name what the channel was told more than once."""
    return [name for name, count in trial.chat.posts.items() if count > 1]


def out_of_order(trial: Trial) -> list[str]:
    """Name the cases whose thread was not told in the order of the timeline."""
    threads: dict[str, list[int]] = {}
    for name in trial.chat.order:
        case, _, place = name.partition("/")
        threads.setdefault(case, []).append(int(place or 1))
    return [case for case, places in threads.items() if places != sorted(places)]


def stale_headlines(trial: Trial, remains: Remains) -> list[str]:
    """Name the cases whose card in the channel does not show what they are now.

    What ends after a case was closed is noted and not told.
    """
    links = Links(base=trial.market.base_url)
    wrong = []
    for case in remains.cases.values():
        by_rank = sorted(remains.affected[case.key], key=lambda on: (on.rank, on.key))
        view = CaseContext(
            now=case.opened_at,
            team=Team(),
            links=links,
            products=remains.products,
            affected={case.key: tuple(by_rank[:SHOWN])},
        )
        now = case_card(case, view)
        shown = trial.chat.cards.get(head_of(case), NOTHING)
        same = (now.title, now.pressable) == (shown.title, shown.pressable) or not case.open
        if not same or now.tone != shown.tone:
            wrong.append(case.label)
    return wrong


def untrue_cases(trial: Trial, remains: Remains) -> list[str]:
    """Name who is said to be there and is not, and who is there and in no case."""
    there = {
        f"{seller} on {listing.product.asin}"
        for listing in trial.market.world.listings(trial.clock.now())
        for seller in listing.offers.keys() - {OWN_SELLER}
    }
    said = {True: set[str](), False: set[str]()}
    for case in remains.cases.values():
        said[case.open] |= {
            f"{case.seller} on {on.asin}"
            for on in remains.affected[case.key]
            for signal in on.active
            if signal.kind == "seller"
        }
    torn = [
        f"{case.label} is apart from its products"
        for case in remains.cases.values()
        if case.tally != tally_of(remains.affected[case.key])
    ]
    return torn + sorted(said[True] - there) + sorted(there - said[True] - said[False])


async def lost_evidence(trial: Trial, remains: Remains) -> list[str]:
    """Name what is wrong with the evidence, and the entries whose raw answer is not kept."""
    folder = trial.folder / "evidence"
    entries = [entry for timeline in remains.timelines.values() for entry in timeline]
    wrong = await FileEvidence(folder).verify()
    return wrong + [
        entry.key
        for entry in entries
        if entry.evidence and not (folder / entry.evidence[:2] / entry.evidence).exists()
    ]


def amounts(trial: Trial, remains: Remains) -> Counter[str]:
    """Count what was done and told."""
    return Counter(
        {
            "interactions confirmed": len({id for id, *_ in trial.acknowledged()}),
            "cases": len(remains.cases),
            "acts announced": sum(not act.told for act in remains.acts),
            "acts undone": sum(act.undone_by is not None for act in remains.acts),
            "entries": sum(map(len, remains.timelines.values())),
            "posts": trial.chat.posts.total(),
            "recognised": trial.chat.recognised,
        }
    )
