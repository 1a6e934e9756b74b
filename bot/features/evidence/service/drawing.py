"""Drawing on copies of photos: a grid to name places by, and the marks of differences.

What is drawn is no evidence, so the custody log does not tell of it; the timeline does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from bot.core.cards import Card
from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.jobs import enqueue, take_off
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.evidence.collections import COMPARISONS, EVIDENCE_ITEMS
from bot.features.evidence.models.comparisons import Comparison
from bot.features.evidence.models.items import EvidenceItem, EvidenceJob, item_key
from bot.features.evidence.resources import PICTURES, Pictures
from bot.features.evidence.views.evidence import grid_card, marks_card

JPEG = "image/jpeg"
NO_PICTURES = "This installation cannot draw on photos."


class DrawingJob:
    """Draws on copies of the two photos of a case's comparison, and posts them in its thread."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Draw, and post in one message, at most once.

        Raises:
            StoreError: a photo cannot be read, or the disk refused.
            UserError: there is nothing to draw with, or a photo cannot be decoded.
        """
        store, pictures = self._app.store, self._app.resources[PICTURES]
        case, known = await store.get(CASES, job.ref), await store.get(COMPARISONS, job.ref)
        photos = await self._photos(known) if known else []
        if case is None or known is None or len(photos) < 2:  # noqa: PLR2004 - it takes a pair
            await run_in_transaction(store, lambda tx: take_off(tx, job))
            return
        if pictures is None:
            raise UserError(NO_PICTURES)
        drawn = await self._drawn(job, case, known, photos, pictures)
        await run_in_transaction(store, partial(self._post, job, known, drawn))

    async def _photos(self, known: Comparison) -> list[tuple[EvidenceItem, bytes]]:
        found: list[tuple[EvidenceItem, bytes]] = []
        for place in known.photos:
            item = await self._app.store.get(EVIDENCE_ITEMS, item_key(known.case, place))
            if item is not None and item.picture and item.file:
                found.append((item, await self._app.evidence.read(item.file.shown)))
        return found

    async def _drawn(
        self,
        job: Job,
        case: Case,
        known: Comparison,
        photos: Sequence[tuple[EvidenceItem, bytes]],
        pictures: Pictures,
    ) -> tuple[Upload, ...]:
        if job.kind == EvidenceJob.GRID:
            return tuple(
                [
                    await self._keep(
                        await pictures.grid(content),
                        f"{case.label}-{item.label}-grid.jpg",
                        f"{item.label} {item.kind.label}, with a grid from A1 to F6",
                    )
                    for item, content in photos
                ]
            )
        spots = [(each.received, each.genuine) for each in known.differences]
        (_, received), (_, genuine) = photos
        content = await pictures.marked(received, genuine, spots)
        name = f"{case.label}-E-{known.received}-E-{known.genuine}.jpg"
        return (await self._keep(content, name, f"{known.label} side by side, marked"),)

    async def _keep(self, content: bytes, name: str, alt: str) -> Upload:
        facts = {"kind": "drawn copy", "at": self._app.clock().isoformat()}
        digest = await self._app.evidence.keep(content, facts)
        return Upload(name, JPEG, len(content), digest, alt=alt)

    async def _post(
        self, job: Job, before: Comparison, files: tuple[Upload, ...], tx: Transaction
    ) -> None:
        known, case = await tx.get(COMPARISONS, job.ref), await tx.get(CASES, job.ref)
        if not await take_off(tx, job) or known is None or case is None:
            return
        if _shown(known) != _shown(before):
            # A photo or a mark changed while it was drawn.
            enqueue(self._app, tx, job.kind, job.ref, job.asked_by)
            return
        digests = dict.fromkeys((*known.drawn, *(file.content for file in files)))
        tx.put(COMPARISONS, msgspec.structs.replace(known, drawn=tuple(digests)))
        self._app.outbox.post(
            tx,
            f"{head_of(case)}/{job.kind}-{job.asked_at:%Y%m%d%H%M%S%f}",
            _card(job, case, known),
            thread=thread_of(case),
            files=files,
        )


def _card(job: Job, case: Case, known: Comparison) -> Card:
    return grid_card(case, known) if job.kind == EvidenceJob.GRID else marks_card(case, known)


def _shown(known: Comparison) -> object:
    spots = [(each.received, each.genuine) for each in known.differences]
    return known.photos, spots
