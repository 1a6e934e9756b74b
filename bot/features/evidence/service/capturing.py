"""The job that takes a screenshot of an offer's page."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.interface import noted
from bot.core.jobs import take_off
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction
from bot.errors import CaptureError, StoreError, UserError
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case, Entry
from bot.features.evidence.models.capture import Capture, PageKind
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.resources import CAMERA, NO_CAMERA
from bot.features.evidence.service.evidence import add_items, items_of

log = structlog.get_logger(__name__)

RAW = "application/json"
NO_OFFER = "The page shows no offer, so it is not evidence of one."
CANNOT = "Screenshots are not set up. Attach a screenshot yourself."


class CaptureJob:
    """Does the job of capturing the page of a case's offer."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Capture the page, keep it, and take it into the case.

        Raises:
            CaptureError: the page could not be captured.
            StoreError: the disk refused.
            UserError: there is nothing to capture with; the message says what to do.
        """
        key, _, chosen = job.ref.partition("-")
        case = await self._app.store.get(CASES, key)
        camera = self._app.resources[CAMERA]
        if case is None:
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        if camera is None:
            raise UserError(self._app.resources[NO_CAMERA] or CANNOT)
        asin = chosen or (case.lead.asin if case.lead else "")
        url = self._app.links.product(case.marketplace, asin, case.seller)
        capture = await camera.take(url)
        if capture.kind is not PageKind.OFFER:
            raise CaptureError(NO_OFFER)
        items = await self._pieces(case, asin, capture, job.asked_by)
        await run_in_transaction(
            self._app.store,
            lambda tx: self._take_in(tx, case, job.asked_by, items, job),
        )

    async def _pieces(
        self, case: Case, asin: str, capture: Capture, who: Person | None
    ) -> list[EvidenceItem]:
        facts = {"kind": "capture", "at": capture.at.isoformat(), "url": capture.url}
        picture = await self._app.evidence.keep(capture.picture, facts)
        copy = await self._app.evidence.keep(capture.copy, {**facts, "kind": "capture's copy"})
        words = capture.text.encode()
        text = await self._app.evidence.keep(words, {**facts, "kind": "capture's text"})
        stem = f"{case.label}-{asin}-{capture.at:%Y%m%d-%H%M%S}"
        return [
            EvidenceItem(
                case=case.key,
                place=0,
                at=capture.at,
                kind=EvidenceKind.CAPTURE,
                caption=f"{capture.url} ({capture.tool})",
                who=who,
                asin=asin,
                url=capture.url,
                boxed=capture.boxed,
                unboxed=capture.unboxed,
                file=Upload(f"{stem}.png", "image/png", len(capture.picture), picture, copy),
            ),
            EvidenceItem(
                case=case.key,
                place=0,
                at=capture.at,
                kind=EvidenceKind.PAGE_TEXT,
                caption=noted("all text on the page"),
                who=who,
                asin=asin,
                url=capture.url,
                file=Upload(f"{stem}.txt", "text/plain", len(words), text),
            ),
            *await self._answer(case, asin, stem, who),
        ]

    async def _answer(
        self, case: Case, asin: str, stem: str, who: Person | None
    ) -> list[EvidenceItem]:
        """Return Amazon's own newest answer about the case, if it was not taken in before."""
        shown = await self._shown(case, asin)
        known = {
            item.file.content for item in await items_of(self._app.store, case.key) if item.file
        }
        if shown is None or shown.evidence in known:
            return []
        try:
            size = len(await self._app.evidence.read(shown.evidence))
        except StoreError as error:
            # The page's picture counts without it, and a packet must not hold what is damaged.
            log.warning("answer not taken in", case=case.label, error=str(error))
            return []
        return [
            EvidenceItem(
                case=case.key,
                place=0,
                at=self._app.clock(),
                kind=EvidenceKind.ANSWER,
                caption=noted(
                    "offers on {asin} as listed in Amazon data, {time} UTC",
                    asin=asin,
                    time=f"{shown.at:%Y-%m-%d %H:%M}",
                ),
                who=who,
                asin=asin,
                file=Upload(f"{stem}-answer.json", RAW, size, shown.evidence),
            )
        ]

    async def _shown(self, case: Case, asin: str) -> Entry | None:
        """Return the newest entry about the product that an answer shows."""
        newest = each_found(self._app.store, ENTRIES, "case", case.key, newest=True)
        async for entry in newest:
            if entry.evidence and entry.asin == asin:
                return entry
        return None

    async def _take_in(
        self,
        tx: Transaction,
        case: Case,
        who: Person | None,
        items: Sequence[EvidenceItem],
        job: Job,
    ) -> None:
        if await take_off(tx, job):
            await add_items(self._app, tx, case, who, items)
