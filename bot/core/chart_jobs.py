"""Pictures for the channel: an errand, because drawing takes longer than an answer may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from bot.core import cards
from bot.core.cards import Card
from bot.core.charts import Chart, spoken
from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.jobs import PICTURES, enqueue, take_off
from bot.core.ports import Transaction
from bot.core.request import RequestContext
from bot.core.text import clip
from bot.core.transactions import run_in_transaction
from bot.features.attacks.service.charts import ATTACKS, attack_pictures
from bot.features.checklists.service.charts import SCORE, score_pictures

Builder = Callable[[AppContext], Awaitable[tuple[Card, tuple[Chart, ...]]]]
"""Returns what is told and drawn; the numbers of the charts are added to the card's body."""

BUILDERS: Mapping[str, Builder] = {ATTACKS: attack_pictures, SCORE: score_pictures}
"""What can be drawn, by name."""

PNG = "image/png"
ALT = 1000
"""Characters of what is said for those who do not see a picture: every chat takes so many."""
LEAST = 80
"""Characters of each chart's numbers without which none are added: cut shorter they say nothing."""
NO_PRINTER = "Pictures cannot be drawn here, so these are the numbers alone."


def ask_pictures(call: RequestContext, name: str) -> None:
    """Have the pictures of that name drawn and posted to the channel."""
    enqueue(call.desk, call.tx, PICTURES, name, call.who)
    call.after(lambda: call.desk.engine.kick("errands"))


class ChartJob:
    """Does the errand of drawing and posting."""

    def __init__(self, desk: AppContext, builders: Mapping[str, Builder] = BUILDERS) -> None:
        """Work on the desk; tests bring builders of their own."""
        self._desk = desk
        self._builders = builders

    async def run(self, errand: Job) -> None:
        """Draw and post, in one message, at most once.

        Raises:
            BrandwardenError: a chart could not be drawn.
            StoreError: a picture could not be kept.
        """
        build = self._builders.get(errand.ref)
        if build is None:
            # A name of another version: nobody can draw it, and nobody waits for it any more.
            await run_in_transaction(self._desk.store, lambda tx: take_off(tx, errand))
            return
        card, charts = await build(self._desk)
        files = await self._draw(errand, charts)
        told = _with_words(card, charts, drawn=bool(files) or not charts)
        await run_in_transaction(self._desk.store, lambda tx: self._post(tx, errand, told, files))

    async def _draw(self, errand: Job, charts: Sequence[Chart]) -> tuple[Upload, ...]:
        """Draw the charts and keep each picture; none where nothing can draw."""
        desk, printer = self._desk, self._desk.tools.printer
        if printer is None:
            return ()
        files = []
        for number, chart in enumerate(charts, start=1):
            content = await printer.chart(chart)
            facts = {"kind": "picture", "at": desk.clock().isoformat()}
            digest = await desk.evidence.keep(content, facts)
            name, alt = f"{errand.ref}-{number}.png", clip(spoken(chart), ALT)
            files.append(Upload(name, PNG, len(content), digest, alt=alt))
        return tuple(files)

    async def _post(
        self, tx: Transaction, errand: Job, card: Card, files: tuple[Upload, ...]
    ) -> None:
        if not await take_off(tx, errand):
            # It was asked for again meanwhile: that errand posts newer numbers.
            return
        name = f"pictures/{errand.ref}-{errand.asked_at:%Y%m%d%H%M%S%f}"
        self._desk.outbox.post(tx, name, card, files=files)


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
