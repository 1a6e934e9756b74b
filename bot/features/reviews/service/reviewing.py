"""The quarterly review: posted on the first Monday of a quarter, or when an admin asks for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import msgspec
import structlog

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.forgetting import release
from bot.core.job_handlers import JobHandler
from bot.core.jobs import enqueue, reason, take_off, tell_channel
from bot.core.permissions import Person
from bot.core.recurring import claim_due
from bot.core.references import last_number, next_number
from bot.core.removed_words import REMOVALS
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import BrandwardenError
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.facts import Facts
from bot.features.reviews.models.quarters import Quarter, quarter_of
from bot.features.reviews.models.reviews import REVIEW, Review
from bot.features.reviews.resources import REVIEW_PRINTER
from bot.features.reviews.rules.charts import charts
from bot.features.reviews.rules.draft import draft
from bot.features.reviews.service.facts import gather
from bot.features.reviews.views import point_card, review_card

log = structlog.get_logger(__name__)

CADENCE = "0 9 1-7 1,4,7,10 mon"
"""The first Monday of a quarter, at nine in the team's zone."""
RUNNING = "now"
"""The reference of a job that reviews the running quarter."""
NUMBERED = "reviews"
"""Under this name reviews are counted."""
PDF = "application/pdf"
LIMIT = timedelta(minutes=5)
TITLE = "Could not create the review"
FAILED = "{} Type /review now to try again, or /health to see what is wrong."


class Reviews:
    """Looks now and then whether a quarter is to be reviewed."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Have the review made when its moment has come; after a stop one, however long it was."""
        if await run_in_transaction(self._app.store, self._turn_page):
            self._app.scheduler.trigger(Work.JOBS)

    async def _turn_page(self, tx: Transaction) -> bool:
        planned = await claim_due(self._app, tx, "review", CADENCE)
        if planned is None:
            return False
        team = await self._app.team(tx)
        quarter = quarter_of(team.local(planned).date()).before
        enqueue(self._app, tx, REVIEW, f"{quarter.year}-{quarter.number}")
        return True


class ReviewJob:
    """Does the job of making a review."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Draft the review, print it, and post it with its points in the thread, at most once."""
        app = self._app
        removals = await last_number(app.store, REMOVALS)
        facts = await gather(app, await self._quarter(job))
        # In a thread, because all of a quarter's records are gone through more than once.
        review = await asyncio.to_thread(draft, facts, simulated=app.brand.simulated)
        file = await self._print(review, facts)
        review = msgspec.structs.replace(review, file=file)
        await run_in_transaction(app.store, partial(self._post, job, review, removals))

    async def _quarter(self, job: Job) -> Quarter:
        if job.ref == RUNNING:
            team = await self._app.team()
            return quarter_of(team.local(job.asked_at).date())
        year, _, number = job.ref.partition("-")
        return Quarter(int(year), int(number))

    async def _print(self, review: Review, facts: Facts) -> Upload | None:
        """Return the PDF; None where there can be none: the review itself matters more."""
        app, printer = self._app, self._app.resources[REVIEW_PRINTER]
        if printer is None:
            return None
        try:
            drawn = await asyncio.to_thread(charts, facts)
            content = await printer.review(review, drawn, app.brand.name)
            facts_kept = {"kind": "review", "at": review.made_at.isoformat()}
            digest = await app.evidence.keep(content, facts_kept)
        except BrandwardenError as error:
            log.warning("review not printed", quarter=review.quarter, why=str(error))
            return None
        name = f"review-{review.quarter.replace(' ', '-')}.pdf"
        return Upload(name, PDF, len(content), digest)

    async def _post(self, job: Job, review: Review, removals: int, tx: Transaction) -> None:
        app = self._app
        files = (review.file,) if review.file else ()
        if await last_number(tx, REMOVALS) != removals:
            # It may quote words that were removed meanwhile: the job stays, and drafts it anew.
            await release(app, tx, [file.content for file in files], f"draft of {review.quarter}")
            return
        if not await take_off(tx, job):
            # It was asked for again meanwhile: that job makes the newer one.
            return
        review = msgspec.structs.replace(review, number=await next_number(tx, NUMBERED))
        tx.put(REVIEWS, review)
        quiet = job.asked_by is None
        app.outbox.post(tx, head(review), review_card(review), files=files, quiet=quiet)
        for place in range(len(review.points)):
            card = point_card(review, place, None)
            message = point_message(review, place)
            app.outbox.post(tx, message, card, thread=head(review), quiet=quiet)


def request_review(app: AppContext, tx: Transaction, who: Person) -> None:
    """Have the running quarter reviewed as far as it is over; the channel gets the review."""
    enqueue(app, tx, REVIEW, RUNNING, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))


def head(review: Review) -> str:
    """Return the name of the message that heads the review's thread."""
    return f"review-{review.number}"


def point_message(review: Review, place: int) -> str:
    """Return the name of a point's message in the thread."""
    return f"{head(review)}-{place + 1}"


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return what does it."""

    async def gave_up(tx: Transaction, job: Job, why: str) -> None:
        tell_channel(app, tx, job, TITLE, FAILED.format(reason(why)))

    return {REVIEW: JobHandler(ReviewJob(app).run, limit=LIMIT, gave_up=gave_up)}
