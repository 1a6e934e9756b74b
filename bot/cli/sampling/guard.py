"""What comes of the brand's guard: the pictures, the analysis of attacks, the quarterly review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.bootstrap.application import Application
from bot.cli.actors import Actor
from bot.cli.sampling.year import calendar
from bot.core.cards import Card
from bot.core.charts import CHART_PRINTER, Chart, ChartPrinter, spoken
from bot.core.clocks import utc_now
from bot.core.when import in_utc
from bot.features.attacks.rules.table import write_incidents
from bot.features.attacks.service.charts import attack_pictures
from bot.features.attacks.service.incidents import incidents
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.service.charts import score_pictures
from bot.features.reviews.models.reviews import Review

SIMULATED = "SIMULATED: these facts come from a simulated marketplace"


async def guard_files(application: Application, review: Review) -> list[tuple[str, bytes]]:
    """Return the files by their names."""
    app = application.app
    (_, attacks), (_, score) = await attack_pictures(app), await score_pictures(app)
    charts = (*attacks, *score)
    card = await Actor(application, "ana").reads("attacks")
    checklists = app.resources[CHECKLISTS]
    contents = [
        ("attacks.csv", write_incidents(await incidents(app))),
        ("attacks.txt", "\n\n".join((_told(card), *map(spoken, charts))) + "\n"),
        ("checklists.txt", calendar(checklists, app.cadences, await app.team(), utc_now())),
    ]
    files = [(name, text.encode()) for name, text in contents]
    if review.file is not None:
        files.append((review.file.name, await app.evidence.read(review.file.content)))
    printer = app.resources[CHART_PRINTER]
    if printer is not None:
        files += await _drawn(printer, charts)
    return files


async def _drawn(printer: ChartPrinter, charts: Sequence[Chart]) -> list[tuple[str, bytes]]:
    return [(f"pictures/{_slug(chart.title)}.png", await printer.chart(chart)) for chart in charts]


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _told(card: Card) -> str:
    """Return a card as plain text."""
    fields = (
        " ".join(filter(None, (f"{field.label}\n{field.value}", _when(field.at))))
        for field in card.fields
    )
    mark = SIMULATED if card.simulated else ""
    end = " · ".join(filter(None, (card.footer, _when(card.footer_at))))
    first = (mark, card.heading, card.gist, card.body)
    return "\n\n".join(filter(None, (*first, *fields, end)))


def _when(at: datetime | None) -> str:
    return in_utc(at) if at else ""
