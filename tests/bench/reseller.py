"""One seller on thousands of products, beside the same readings of a seller whom the team trusts.

The log's growth and each command's longest hold of the loop are measured too, messages included.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from adapters.storage.tinydb import FILE
from bot.bootstrap.application import STORE, WEB, WEB_CHANNEL, Application
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.collections import UNDOABLES
from bot.core.forms import OPTIONS
from bot.core.interactions import Ask, Click, Command, Place, Submission
from bot.core.labeled import Recommendation
from bot.core.listing import Snapshot, Watch
from bot.core.permissions import Person, Role
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import case_key
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.packets import Bundle
from bot.features.reports.models.reports import Report
from bot.features.reports.service.dossiers import write_dossier
from tests.bench.callbacks import callbacks
from tests.bench.market import FIRST_RIVAL, Market, marketplace, restless
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.bench.staff import batches, house_over, scratch, source_of

GROUP = "Reseller"
TRUSTED, UNKNOWN = "the same seller, trusted", "an unknown seller"
IMPORT, MOVED, SAME = "first import", "every price moved", "unchanged"
AUTHORISED = "unchanged, authorised on each"
TWICE = Target(2.0, of_ratio=True)
LINE = Target(2.0)
BLOCK = Target(50.0)
"""Milliseconds of one callback, in which nothing else has its turn."""
ANA = Person("ana", "Ana")
PLACE = Place(chat="web", channel="brand-alerts")


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    products: int = 3_000
    offers: int = 3
    moves: int = 3


@dataclass
class _Told:
    """What one house took."""

    market: Market
    application: Application
    watches: Sequence[Watch]
    folder: Path
    cpu: dict[str, list[float]] = field(default_factory=dict)
    """Milliseconds a check, by what happened."""
    log: dict[str, list[float]] = field(default_factory=dict)
    """Kilobytes a check."""
    block: float = 0.0
    """Milliseconds of the longest callback."""
    own: float = 0.0
    """The same without garbage collection."""

    @property
    def size(self) -> int:
        """Bytes of the log."""
        return (self.folder / STORE / FILE).stat().st_size

    async def check(self, several: Sequence[Watch]) -> float:
        """Look at a batch, and send what there is to tell; return the seconds that it took."""
        with callbacks() as held:
            before = time.thread_time()
            for reading in await self.application.monitor.check(several):
                if not isinstance(reading.result, Snapshot):
                    raise reading.result
            for dispatcher in self.application.dispatchers:
                await dispatcher.deliver()
            took = time.thread_time() - before
        self.block = max(self.block, held.longest)
        self.own = max(self.own, held.longest_own)
        return took


async def measure(sizes: Sizes) -> list[Row]:
    """Let the seller be there at the first import, move every price, and do nothing."""
    scenario = restless(sizes.products, sizes.offers, seconds=sizes.moves)
    async with AsyncExitStack() as stack:
        houses = {}
        for name, strangers in ((TRUSTED, ()), (UNKNOWN, (FIRST_RIVAL,))):
            market = await stack.enter_async_context(marketplace(scenario))
            source = await stack.enter_async_context(source_of(market))
            folder = stack.enter_context(scratch())
            opened = house_over(source, scenario, folder, strangers)
            application, watches = await stack.enter_async_context(opened)
            await open_room(application.app.store, WEB, "", WEB_CHANNEL)
            houses[name] = _Told(market, application, watches, folder)
        both = list(houses.values())
        # As the running program does with what it has loaded.
        gc.freeze()
        stack.callback(gc.unfreeze)
        await _rounds(sizes, both)
        commands = await _commands(sizes, houses[UNKNOWN])
        # The last of them trusts the seller on every single product.
        for _ in range(sizes.moves):
            await _look(both, AUTHORISED)
        return [*_rows(sizes, houses), *commands]


async def _rounds(sizes: Sizes, houses: Sequence[_Told]) -> None:
    await _look(houses, IMPORT)
    for _ in range(sizes.moves):
        for told in houses:
            told.market.advance()
        await _look(houses, MOVED)
        await _look(houses, SAME)


async def _look(houses: Sequence[_Told], what: str) -> None:
    """Look at all products, batch by batch in each house: a noisy moment is everybody's."""
    sizes = [told.size for told in houses]
    spent = [0.0 for _ in houses]
    checks = len(houses[0].watches)
    for several in batches(houses[0].watches):
        for place, told in enumerate(houses):
            spent[place] += await told.check(several)
    for told, before, seconds in zip(houses, sizes, spent, strict=True):
        told.cpu.setdefault(what, []).append(1000 * seconds / checks)
        told.log.setdefault(what, []).append((told.size - before) / 1000 / checks)


def _rows(sizes: Sizes, houses: dict[str, _Told]) -> list[Row]:
    trusted, unknown = houses[TRUSTED], houses[UNKNOWN]
    rows = []
    for what in unknown.cpu:
        named = f"{what}, {sizes.products} products"
        peer = Peer(TRUSTED, Series(tuple(trusted.cpu[what])))
        rows.append(row(GROUP, named, "ms", Series(tuple(unknown.cpu[what])), peer, TWICE))
        took = Series(tuple(unknown.log[what]))
        if not any(took.values):
            continue
        # That nothing changed within a minute is not written: then there is nothing beside it.
        written = all(trusted.log[what])
        beside = Peer(TRUSTED, Series(tuple(trusted.log[what]))) if written else None
        rows.append(row(GROUP, f"{named}: log", "kB", took, beside))
        if what in (IMPORT, MOVED):
            pairs = zip(took.values, trusted.log[what], strict=True)
            more = Series(tuple(whole - without for whole, without in pairs))
            rows.append(row(GROUP, f"{named}: log, of it about him", "kB", more, target=LINE))
    batch = "longest callback of a batch"
    return [
        *rows,
        row(GROUP, batch, "ms", Series((unknown.block,)), target=BLOCK),
        row(GROUP, f"{batch}, no collection", "ms", Series((unknown.own,)), target=BLOCK),
    ]


async def _commands(sizes: Sizes, told: _Told) -> list[Row]:
    """Measure for how long what people press and type holds the loop."""
    rows = []
    for name, ask in _asked(told.application, told.watches).items():
        with callbacks() as held:
            await asyncio.ensure_future(ask())
        took = Series((held.longest,))
        rows.append(row(GROUP, f"{name} at {sizes.products} products", "ms", took, target=BLOCK))
    return rows


def _asked(
    application: Application, watches: Sequence[Watch]
) -> dict[str, Callable[[], Coroutine[None, None, None]]]:
    async def typed(text: str) -> None:
        name, _, rest = text.partition(" ")
        command = Command(
            id=f"bench {text}",
            who=ANA,
            role=Role.ADMIN,
            where=PLACE,
            at=utc_now(),
            name=name,
            text=rest,
        )
        await application.router.handle(command)

    async def pressed(action: str) -> Ask | None:
        click = Click(
            id=f"bench {action}",
            who=ANA,
            role=Role.ADMIN,
            where=PLACE,
            at=utc_now(),
            action=action,
            ref=case_key(1),
        )
        replies = await application.router.handle(click)
        return next((reply for reply in replies if isinstance(reply, Ask)), None)

    async def button(action: str) -> None:
        await pressed(action)

    async def authorise() -> None:
        await application.router.handle(_trusting(await pressed("authorise")))

    async def undo() -> None:
        [act] = await application.app.store.page(UNDOABLES, limit=1, newest=True)
        click = Click(
            id="bench undo",
            who=ANA,
            role=Role.ADMIN,
            where=PLACE,
            at=utc_now(),
            action="undo",
            ref=act.key,
        )
        await application.router.handle(click)

    async def dossier() -> None:
        case = await application.app.store.get(CASES, case_key(1))
        report = _report([watch.asin for watch in watches[-OPTIONS:]])
        bundle = Bundle(
            case="C-1",
            report=report.label,
            made_at=utc_now(),
            simulated=True,
            statement="It is not ours.",
            items=(),
            custody=(),
            tool="bench",
        )
        if (
            case is None
            or not (await write_dossier(application.app, case, report, bundle, "")).moments
        ):
            message = "There is nothing to tell."
            raise LookupError(message)

    return {
        "/case": lambda: typed("case 1"),
        "/todo": lambda: typed("todo"),
        "/cases": lambda: typed("cases all"),
        "/note": lambda: typed("note"),
        "Acknowledge": lambda: button("acknowledge"),
        "File a report": lambda: button("report"),
        "A packet's dossier": dossier,
        "Collect evidence": lambda: button("collect"),
        "/unwatch": lambda: typed(f"unwatch {watches[0].asin}"),
        "Authorize seller": authorise,
        "Undo it": undo,
    }


def _trusting(ask: Ask | None) -> Submission:
    """Return the form that trusts the case's seller on its products."""
    if ask is None:
        message = "There is no form."
        raise LookupError(message)
    return Submission(
        id="bench authorising",
        who=ANA,
        role=Role.ADMIN,
        where=PLACE,
        at=utc_now(),
        session=ask.session,
        step=ask.step,
        answers={"where": "case"},
    )


def _report(asins: Sequence[str]) -> Report:
    """Return a report on as many products as a form offers."""
    return Report(
        number=1,
        case=case_key(1),
        recommendation=Recommendation.INFRINGEMENT,
        claim=Claim.COUNTERFEIT,
        marketplace="US",
        asins=tuple(asins),
        seller=FIRST_RIVAL,
        grounds=Grounds.SUSPICION,
        drafted_at=utc_now(),
        drafted_by=ANA,
    )
