"""What the typesetter's template reads: the dossier with bounded, printable texts. Pure.

Everything here is data to the template, never markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from adapters.rendering.dossier_annex import gallery, kept, limits, offer_row, pictured, source
from adapters.rendering.dossier_case import asked_of, cells, fronted, photographed, points, told
from adapters.rendering.dossier_rows import Happened, Sheet, Shown, name
from adapters.rendering.figures import time_line
from adapters.rendering.sanitize import lines, plain
from adapters.rendering.words import Words
from bot.features.reports.models.dossier import Dossier, Moment

LONGEST_LIST = 500
"""Rows of one table."""
STORY = timedelta(hours=1)
"""What all lies within it is no story that a line tells."""

T = TypeVar("T")


def sheet(dossier: Dossier, pictures: Mapping[str, Shown], language: str = "") -> Sheet:
    """Return the dossier as the template reads it; ``pictures`` by SHA-256.

    Its words are in the dossier's language, or in another one.
    """
    words = Words(language or dossier.language)
    cut = _Cut(words)
    moments = cut.some(dossier.moments, "happened")
    exhibits = cut.some(dossier.exhibits, "sources")
    by_label = {exhibit.label: exhibit for exhibit in exhibits}
    page = by_label.get(dossier.page)
    confirmed = [
        by_label[label]
        for label in dossier.confirmations
        if label in by_label and by_label[label].picture
    ]
    front = {photo.label for photo in dossier.photos}
    shown = {*front, dossier.page, *(exhibit.label for exhibit in confirmed)}
    offers = sorted(dossier.offers, key=lambda offer: (not offer.accused, not offer.ours))
    rows = [offer_row(offer, words) for offer in cut.some(offers, "offers")]
    log = [kept(line, words) for line in cut.some(dossier.custody, "custody")]
    known = [*limits(cut.some(dossier.limits, "limits"), words)]
    made = dossier.made_at
    at = dossier.offers_at
    told_long = bool(moments) and moments[-1].at - moments[0].at > STORY
    return Sheet(
        language=words.language.partition("-")[0],
        text=words.catalog.text,
        brand=name(dossier.brand),
        case=name(dossier.case),
        report=name(dossier.report),
        title=words.catalog.claims[dossier.claim],
        made=words.say("made", at=words.moment(made)),
        made_on=(made.year, made.month, made.day),
        simulated=dossier.simulated,
        says=plain(dossier.says),
        cells=tuple(cells(dossier, words)),
        photos=tuple(photographed(dossier, words)),
        differences=tuple(plain(each) for each in dossier.differences),
        points=tuple(points(dossier, words)),
        front=fronted(dossier) and page is not None and bool(page.picture),
        observed=told(dossier, words, "observed"),
        verified=told(dossier, words, "verified"),
        asks=plain(dossier.asks),
        asked_of=asked_of(dossier),
        page=pictured(page, words) if page and page.picture else None,
        confirmations=tuple(pictured(exhibit, words) for exhibit in confirmed),
        offers=tuple(rows),
        offers_note=words.say("offers_at", at=words.moment(at)) if at else "",
        moments=tuple(_happened(moment, words) for moment in moments),
        line=time_line(moments, words.day) if told_long else None,
        statement=_paragraphs(dossier.statement),
        sources=tuple(source(exhibit, words) for exhibit in exhibits),
        gallery=tuple(gallery(exhibits, shown, words)),
        custody=tuple(log),
        limits=(*known, *cut.told),
        seal=name(dossier.seal),
        sealed=words.say("sealed", case=name(dossier.case), report=name(dossier.report)),
        stamped=(
            words.say("stamped", authority=plain(dossier.stamped))
            if dossier.stamped
            else words.say("not_stamped")
        ),
        pictures=dict(pictures),
    )


class _Cut:
    """Bounds tables, and tells what was too much to print, a sentence each."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.told: list[str] = []

    def some(self, rows: Sequence[T], section: str) -> Sequence[T]:
        more = len(rows) - LONGEST_LIST
        if more > 0:
            title = self._words.say(section)
            self.told.append(self._words.say("cut", count=more, section=title))
        return rows[:LONGEST_LIST]


def _paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    paragraphs: list[list[str]] = [[]]
    for line in lines(text):
        if line.strip():
            paragraphs[-1].append(" ".join(line.split()))
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def _happened(moment: Moment, words: Words) -> Happened:
    at = words.day(moment.at.date()) if moment.whole_day else words.moment(moment.at)
    template = words.catalog.moments[moment.kind]
    return Happened(at, template.format_map({"about": plain(moment.about)}))
