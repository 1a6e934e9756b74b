"""What the sample's people do: they look through the account, collect evidence and report."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from adapters.capture.drawing import draw_confirmation, draw_photo
from bot.bootstrap.application import Application
from bot.cli.actors import Actor
from bot.cli.demo_past import FIRST, USERS
from bot.core.clocks import utc_now
from bot.core.collections import JOBS
from bot.core.forms import Answers
from bot.core.jobs import enqueue
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.written import written_day
from bot.errors import UserError
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Run
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceJob
from bot.features.evidence.resources import AUTHORITIES, CAMERA, NO_CAMERA
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Packet, Report
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.quarters import quarter_of
from bot.features.reviews.models.reviews import REVIEW, Review
from bot.features.watchlist.collections import HISTORIES

T = TypeVar("T")

PATIENCE = 60.0
STEP = 0.1
"""Seconds: how long each part may take, and how often it is looked whether it is done."""
ORDER = "114-2718281-8284590"
ORDERED, ARRIVED = timedelta(days=8), timedelta(days=2)
"""So long ago: after the seller came, and before it was compared."""
SINCE = 9
"""Days for which the seller has been there."""
SOLD_BY = "BrightLeaf Store 88"
OBSERVED = (
    "The logo is printed in white and reads 'Alder&Finch'. On the genuine product 'ALDER & FINCH' "
    "is cast into the iron. The batch number on the handle is missing."
)
VERIFIED = (
    "Our head of quality compared the saucepan side by side with one of batch 7731 from our "
    "warehouse, by eye and under a lens. Every saucepan that we have made since 2019 has the cast "
    "logo and a batch number."
)
RECEIVED = "The saucepan that came with the order, and the label of its parcel"
GENUINE = "Our saucepan, batch 7731: logo cast into the iron"
DIFFERENCES = (
    (
        "Logo printed in white, written 'Alder&Finch'. On the genuine product 'ALDER & FINCH' is "
        "cast into the iron.",
        "383,500",
    ),
    (
        "No batch number on the handle. The genuine product is marked 'BATCH 7731'.",
        "800,500",
    ),
)
"""What is marked, and where on both photos."""
LATER = "The first try failed, and the sample does not retry."
NOBODY_KNOWS = "Parcel Insights (all permissions)"
"""A user whom the last look at the account did not show."""
ENOUGH = timedelta(days=30)
"""A quarter that is younger has too little to be reviewed; then it is the one before."""


async def look_through_account(application: Application) -> None:
    """Answer the week's checklist; among the users there is one whom nobody knows."""
    run = await until(lambda: _asked(application))
    ana = Actor(application, "ana")
    await ana.presses("begin", run.key)
    for task in run.tasks:
        listed = task.item.proof is ProofKind.USERS
        proof: tuple[Answers, ...] = ({"proof": "\n".join((*USERS, NOBODY_KNOWS))},)
        await ana.presses("item-done", f"{run.key}/{task.item.id}", *(proof if listed else ()))


async def meet_stranger(application: Application) -> Case:
    """Wait for a case about a stranger."""
    return await until(lambda: _case(application))


async def capture(application: Application, case: Case) -> str:
    """Have the offer's page captured; return why it was not, or nothing."""
    if application.app.resources[CAMERA] is None:
        return application.app.resources[NO_CAMERA]
    await Actor(application, "ben").presses("collect", case.key, {"what": "capture"})
    return await until(lambda: _captured(application, case))


async def collect(application: Application, case: Case) -> None:
    """Collect all else that a report about a counterfeit wants."""
    today = utc_now().date()
    await _buy(application, case, today)
    for kind, caption in (("received", RECEIVED), ("genuine", GENUINE)):
        genuine = kind == "genuine"
        photo = draw_photo(genuine=genuine, order="" if genuine else ORDER)
        await _add(application, case, kind, {"caption": caption}, (f"{kind}.jpg", photo))
    await _compare(application, case)
    typed: Answers = {"files": (), "typed": "\n".join(_sold(case, today)), "none": ""}
    await _add(application, case, "orders", typed)


async def _buy(application: Application, case: Case, today: date) -> None:
    """Hand in the test buy with the order's confirmation."""
    ordered, arrived = today - ORDERED, today - ARRIVED
    known = await application.app.store.get(HISTORIES, f"{case.marketplace}-{case.asins[0]}")
    stay = known.presence(case.seller) if known else None
    price = stay.landed if stay and stay.landed else None
    bought: Answers = {
        "order": ORDER,
        "seller": case.seller,
        "sold_by": SOLD_BY,
        "asin": case.asins[0],
        "price": price.figure if price else "",
        "ordered": ordered.isoformat(),
        "arrived": arrived.isoformat(),
        "result": "different",
        "observed": OBSERVED,
        "verified": VERIFIED,
    }
    confirmation = draw_confirmation(
        (
            ("Order ID", ORDER),
            ("Ordered", written_day(ordered, "en")),
            ("Sold by", f"{SOLD_BY} ({case.seller})"),
            ("Item", f"ASIN {case.asins[0]}, condition: new, quantity: 1"),
            ("Item price", str(price or "")),
            ("Ship to", "Alder & Finch test purchases"),
        )
    )
    await _add(application, case, "test-buy", bought, ("order.png", confirmation), steps=3)


async def _add(
    application: Application,
    case: Case,
    what: str,
    answers: Answers,
    file: tuple[str, bytes] | None = None,
    *,
    steps: int = 1,
) -> None:
    """Add evidence by a form of so many steps, each of which takes its own of the answers."""
    intake = application.gateway.intake()
    if file is not None:
        answers = {**answers, "files": (await intake.take(*file),)}
    ben = Actor(application, "ben")
    await ben.presses("collect", case.key, {"what": what}, *[answers] * steps, files=intake)


def _sold(case: Case, today: date) -> Iterator[str]:
    """Give the brand's own orders of two weeks: fewer since the seller came."""
    for back in range(14):
        day = today - timedelta(days=back)
        for place in range(5 - back % 2 if back > SINCE else 2):
            number = f"112-31415{back:02d}-26535{place:02d}"
            yield f"{number} {day} {case.asins[0]} {1 + (back + place) % 2}"


async def stamped(application: Application) -> None:
    """Wait until what was collected is stamped, if there is an authority."""
    if application.app.resources[AUTHORITIES]:
        await until(lambda: _stamped(application))


async def _compare(application: Application, case: Case) -> None:
    """Mark on both photos what differs."""
    ben = Actor(application, "ben")
    await ben.presses("compare", case.key)
    for words, spot in DIFFERENCES:
        marked: Answers = {"what": words, "received": spot, "genuine": spot, "more": "no"}
        await ben.presses("add-difference", case.key, marked)


async def report(application: Application, case: Case) -> tuple[Report, Packet]:
    """Draft the report, confirm it and wait for its packet."""
    seen: Answers = {"seen": "copy", "grounds": "test-buy"}
    drafted: Answers = {"draft": "yes"}
    ben = Actor(application, "ben")
    await ben.presses("report", case.key, {"matter": "doubt"}, seen, drafted)
    [draft] = await application.app.store.find(REPORTS, "case", case.key, limit=1)
    await Actor(application, "ana").presses("confirm-report", draft.key)
    return await until(lambda: _packed(application, draft.key))


async def review(application: Application) -> Review:
    """Have the running quarter reviewed, or the one before while there is little of it."""
    app = application.app
    today = (await app.team()).local(utc_now()).date()
    quarter = quarter_of(today - ENOUGH)
    if quarter == quarter_of(today):
        await Actor(application, "ana").types("review now")
    else:
        async with app.store.transaction() as tx:
            enqueue(app, tx, REVIEW, f"{quarter.year}-{quarter.number}")
        app.scheduler.trigger(Work.JOBS)
    return await until(lambda: _newest(application))


async def until(look: Callable[[], Awaitable[T | None]]) -> T:
    """Look again and again until there is something. Raises UserError when patience ends."""
    for _ in range(int(PATIENCE / STEP)):
        found = await look()
        if found is not None:
            return found
        await asyncio.sleep(STEP)
    message = "The sample took too long. Run it again when the machine is less busy."
    raise UserError(message)


async def _asked(application: Application) -> Run | None:
    """Return the week's checklist."""
    found = await application.app.store.find(RUNS, "checklist", FIRST, limit=1, newest=True)
    return next((run for run in found if run.open), None)


async def _case(application: Application) -> Case | None:
    found = await application.app.store.find(CASES, "open", value=True, limit=10)
    return next((case for case in found if case.seller), None)


async def _captured(application: Application, case: Case) -> str | None:
    """Tell how the capture ended: with nothing to say, or with what it came to nothing of."""
    store = application.app.store
    # In this order: the picture comes in the transaction that ends the job.
    waiting = [job async for job in each(store, JOBS) if job.kind == EvidenceJob.CAPTURE]
    if await store.get(EVIDENCE_ITEMS, f"{case.key}-0001") is not None:
        return ""
    if waiting:
        return LATER if waiting[0].tries else None
    [told] = await store.find(ENTRIES, "case", case.key, limit=1, newest=True)
    return told.text


async def _stamped(application: Application) -> bool | None:
    """Tell that no time-stamp is outstanding."""
    jobs = [job async for job in each(application.app.store, JOBS)]
    return None if any(job.kind == EvidenceJob.STAMP for job in jobs) else True


async def _packed(application: Application, key: str) -> tuple[Report, Packet] | None:
    found = await application.app.store.get(REPORTS, key)
    return (found, found.packet) if found and found.packet else None


async def _newest(application: Application) -> Review | None:
    return next(iter(await application.app.store.page(REVIEWS, limit=1, newest=True)), None)
