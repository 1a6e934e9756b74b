"""What the sample's people do: they look through the account, collect evidence and report."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from adapters.capture.drawing import draw_photo
from bot.bootstrap.application import Application
from bot.cli.actors import Actor
from bot.cli.demo_past import FIRST, USERS
from bot.core.clocks import utc_now
from bot.core.collections import JOBS
from bot.core.forms import Answers
from bot.core.jobs import enqueue
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.errors import UserError
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Run
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceJob
from bot.features.evidence.resources import CAMERA, NO_CAMERA
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Packet, Report
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.quarters import quarter_of
from bot.features.reviews.models.reviews import REVIEW, Review

T = TypeVar("T")

PATIENCE = 60.0
STEP = 0.1
"""Seconds: how long each part may take, and how often it is looked whether it is done."""
ORDER = "114-2718281-8284590"
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
    ben = Actor(application, "ben")
    today = utc_now().date()
    bought: Answers = {
        "order": ORDER,
        "seller": case.seller,
        "sold_by": "BrightLeaf Store 88",
        "asin": case.asins[0],
        "price": "34.90",
        "ordered": (today - timedelta(days=6)).isoformat(),
        "arrived": (today - timedelta(days=2)).isoformat(),
        "result": "different",
        "files": (),
        "observed": "The logo is printed; on the genuine product it is cast into the iron. "
        "The batch mark under the handle is missing.",
        "verified": "Compared side by side with one of our batch 7731 under a lens.",
    }
    await ben.presses("collect", case.key, {"what": "test-buy"}, *[bought] * 3)
    for kind, caption in (("received", "logo printed"), ("genuine", "logo cast, batch 7731")):
        photo = draw_photo(genuine=kind == "genuine")
        intake = application.gateway.intake()
        file = await intake.take(f"{kind}.jpg", photo)
        shown: Answers = {"files": (file,), "caption": caption}
        await ben.presses("collect", case.key, {"what": kind}, shown, files=intake)
    days = [(today - timedelta(days=back)).isoformat() for back in range(12)]
    sold = [
        f"112-31415{place:02d}-2653589 {day} {case.asins[0]} {9 - place % 4}"
        for place, day in enumerate(days)
    ]
    typed: Answers = {"files": (), "typed": "\n".join(sold), "none": ""}
    await ben.presses("collect", case.key, {"what": "orders"}, typed)


async def report(application: Application, case: Case) -> tuple[Report, Packet]:
    """Draft the report, confirm it and wait for its packet."""
    seen: Answers = {"seen": "copy", "grounds": "test-buy"}
    draft: Answers = {"draft": "yes"}
    await Actor(application, "ben").presses("report", case.key, {"matter": "doubt"}, seen, draft)
    [drafted] = await application.app.store.find(REPORTS, "case", case.key, limit=1)
    await Actor(application, "ana").presses("confirm-report", drafted.key)
    return await until(lambda: _packed(application, drafted.key))


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


async def _packed(application: Application, key: str) -> tuple[Report, Packet] | None:
    found = await application.app.store.get(REPORTS, key)
    return (found, found.packet) if found and found.packet else None


async def _newest(application: Application) -> Review | None:
    return next(iter(await application.app.store.page(REVIEWS, limit=1, newest=True)), None)
