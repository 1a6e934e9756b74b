"""Removing the words of reports: their texts, and what Amazon said."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.interface import tr, tr_data
from bot.core.redactable import FoundWords, Redactable, labeled, require_texts
from bot.core.removed_words import REMOVED, Removal
from bot.core.store import Place, Transaction
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.cases.models.cases import Entry
from bot.features.cases.models.events import WordsRemoved
from bot.features.cases.service.redacting import entries_of, take_out
from bot.features.evidence.models.events import no_orders_told
from bot.features.evidence.service.deleting import log_removal
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import (
    AMAZONS_WORDS,
    REASON,
    TO_BE_FILED,
    Report,
    Version,
    answer_told,
    confirmed_told,
    discarded_told,
    text_changed,
)
from bot.features.reports.rules import steps
from bot.features.reports.service.handling import CHANGES
from bot.features.reports.service.packets import delete_packet, take_texts_out
from bot.features.reports.service.reports import case_of, find_report, reports_of, show

OLDER = (
    "Removes older versions of its text, including from its case. The newest version has not been "
    "filed yet: press 'Edit text' on its card to change it."
)
ALL = (
    "Removes all versions of its text, Amazon's answers and the packet. Keeps the packet's "
    "seal, which shows whether an archive is the one that was filed."
)


async def find_words(_: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return a report's texts. Raises UserError: it has none that can be removed."""
    report = await find_report(tx, name)
    told = await _told(tx, report)
    texts = [version.text for version in reversed(report.removable)]
    texts += [words for entry in told for words in _words_in(entry, report)]
    waits = report.state in TO_BE_FILED
    if waits and not texts:
        message = tr(
            "The text of {label} has not been filed yet. Press 'Edit text' on its card, then "
            "redact {label} to remove older versions.",
            label=report.label,
        )
        raise UserError(message)
    if report.no_orders != REMOVED and not waits:
        texts.append(report.no_orders)
    return FoundWords(
        name=report.label,
        called=report.label,
        texts=require_texts(report.label, texts),
        also=tr_data(OLDER if waits else ALL),
    )


async def take_words_out(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take the texts out of the report, its packet, its messages and its case. Raises UserError."""
    report = await find_report(tx, found.name)
    redacted = steps.redact(report)
    if report.state not in TO_BE_FILED:
        seal = report.packet.seal if report.packet else report.seal
        case, why = await case_of(tx, report), f"its text was removed: {removal.why}"
        redacted = await delete_packet(app, tx, case, redacted, removal.who, why)
        redacted = msgspec.structs.replace(redacted, seal=seal)
    told = await _told(tx, report)
    tx.put(REPORTS, redacted)
    places = await take_out(app, tx, await case_of(tx, report), told, found, removal)
    case = await case_of(tx, report)
    redacted = await take_texts_out(app, tx, case, await find_report(tx, found.name))
    tx.put(REPORTS, redacted)
    says = f"the text of {report.label} was removed: {removal.why}"
    await log_removal(app, tx, case.key, removal.who, "\n".join(found.texts), says)
    await show(app, tx, case, redacted)
    return [(REPORTS.name, report.key), *places]


async def _told(tx: Transaction, report: Report) -> list[Entry]:
    """Return the entries of its case that tell what was changed, and Amazon's own words."""
    known = await entries_of(tx, await case_of(tx, report))
    return [each for each in known if each.words and _words_in(each, report)]


def _words_in(entry: Entry, report: Report) -> list[str]:
    """Return what people wrote of the report that the entry tells."""
    if entry.text.endswith(text_changed(report)):
        return [fact.value for fact in entry.facts]
    if entry.text.endswith((confirmed_told(report), discarded_told(report))):
        return [fact.value for fact in entry.facts if fact.label == REASON]
    if entry.text.startswith(answer_told(report)):
        return [fact.value for fact in entry.facts if fact.label == AMAZONS_WORDS]
    return []


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take out why there are no order records, and older texts of the report that it names."""
    for report in await reports_of(tx, event.case):
        redacted = _without(report, event.entry)
        if redacted.versions != report.versions:
            redacted = await take_texts_out(app, tx, event.case, redacted)
        if redacted != report:
            tx.put(REPORTS, redacted)
            await show(app, tx, event.case, redacted)


def _without(report: Report, entry: Entry) -> Report:
    """Return the report without the words that the entry tells of it."""
    if entry.text.endswith(text_changed(report)):
        return _without_lines(report, frozenset(fact.value for fact in entry.facts))
    why = report.no_orders
    if why and entry.who and entry.text == no_orders_told(entry.who, why):
        return msgspec.structs.replace(report, no_orders=REMOVED)
    return report


def _without_lines(report: Report, told: frozenset[str]) -> Report:
    """Take out older texts with such a line; the newest text is what was or will be filed."""
    newest = report.versions[-1:]
    gone = told.difference(*map(_lines, newest))
    older = tuple(
        each if gone.isdisjoint(_lines(each)) else msgspec.structs.replace(each, text=REMOVED)
        for each in report.versions[:-1]
    )
    return msgspec.structs.replace(report, versions=(*older, *newest))


def _lines(version: Version) -> frozenset[str]:
    """Return the lines of the text as the timeline tells that they changed."""
    return frozenset(one_line(line, CHANGES) for line in version.text.splitlines())


REPORT_WORDS = Redactable(
    example="R-3", pattern=labeled("R"), find=find_words, remove=take_words_out
)
