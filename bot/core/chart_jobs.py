"""Pictures for the channel: a job, because drawing takes longer than an answer may."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core import cards
from bot.core.cards import Card
from bot.core.charts import CHART_PRINTER, Chart, spoken
from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.job_handlers import JobHandler
from bot.core.jobs import enqueue, reason, take_off, tell_channel
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import clip

PICTURES = "pictures"
"""The kind of the job; its reference is the name of what is drawn, and behind it the subject."""
PNG = "image/png"
ALT = 1000
"""Characters of what is said for those who do not see a picture: every chat takes so many."""
LEAST = 80
"""Characters of each chart's numbers without which none are added: cut shorter they say nothing."""
TITLE = "Could not draw the charts"
FAILED = "{} Ask for them again, or check /health."
NO_PRINTER = "Brandwarden cannot draw charts here, so you see only the numbers."


def ask_pictures(
    app: AppContext, tx: Transaction, who: Person, name: str, subject: str = ""
) -> None:
    """Have the pictures of that name drawn, about that subject, and posted to the channel."""
    enqueue(app, tx, PICTURES, f"{name} {subject}".rstrip(), who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return what draws charts."""

    async def gave_up(tx: Transaction, job: Job, why: str) -> None:
        tell_channel(app, tx, job, TITLE, FAILED.format(reason(why)))

    return {PICTURES: JobHandler(ChartJob(app).run, gave_up=gave_up)}


class ChartJob:
    """Does the job of drawing and posting."""

    def __init__(self, app: AppContext) -> None:
        """Draw what the features of the application can draw."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Draw and post, in one message, at most once.

        Raises:
            BrandwardenError: a chart could not be drawn.
            StoreError: a picture could not be kept.
        """
        name, _, subject = job.ref.partition(" ")
        build = self._app.features.charts.get(name)
        if build is None:
            # A name that only another version can draw.
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        card, charts = await build(self._app, subject)
        files = await self._draw(job, charts)
        told = _with_words(card, charts, drawn=bool(files) or not charts)
        await run_in_transaction(self._app.store, lambda tx: self._post(tx, job, told, files))

    async def _draw(self, job: Job, charts: Sequence[Chart]) -> tuple[Upload, ...]:
        """Draw the charts and keep each picture; none where nothing can draw."""
        app, printer = self._app, self._app.resources[CHART_PRINTER]
        if printer is None:
            return ()
        files = []
        for number, chart in enumerate(charts, start=1):
            content = await printer.chart(chart)
            facts = {"kind": "picture", "at": app.clock().isoformat()}
            digest = await app.evidence.keep(content, facts)
            about = job.ref.replace(" ", "-")
            name, alt = f"{about}-{number}.png", clip(spoken(chart), ALT)
            files.append(Upload(name, PNG, len(content), digest, alt=alt))
        return tuple(files)

    async def _post(self, tx: Transaction, job: Job, card: Card, files: tuple[Upload, ...]) -> None:
        if not await take_off(tx, job):
            # It was asked for again meanwhile: that job posts newer numbers.
            return
        name = f"pictures/{job.ref.replace(' ', '-')}-{job.asked_at:%Y%m%d%H%M%S%f}"
        self._app.outbox.post(tx, name, card, files=files)


def _with_words(card: Card, charts: Sequence[Chart], *, drawn: bool) -> Card:
    """Add to the card what each chart says; in full where the picture is not there to see."""
    head = [card.body] if card.body else []
    if not drawn:
        head.append(NO_PRINTER)
    body = "\n".join(head)
    used = len(body) - len(card.body)
    free = (cards.BODY - len(body), cards.TEXT - card.told - used, cards.CARD - card.size - used)
    room = min(free) // max(1, len(charts)) - 1
    if room >= LEAST:
        told = [f"{chart.title}: {chart.says}" if drawn else spoken(chart) for chart in charts]
        body = "\n".join([*head, *(clip(text, room) for text in told)])
    return msgspec.structs.replace(card, body=body)
