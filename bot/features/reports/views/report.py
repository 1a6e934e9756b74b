"""Reports: the card that leads from the draft to the removal, and the router's answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Snippet, Tone
from bot.core.findings import Fact
from bot.core.interface import noted, together, tr
from bot.core.permissions import Permission, Person
from bot.core.reminding import REMINDERS
from bot.core.text import clip, one_line
from bot.core.undo.models import Act, Image
from bot.core.views.context import ViewContext
from bot.core.views.reading_aid import with_aid
from bot.features.cases.views.context import CaseContext
from bot.features.reports.models.lint_input import LintInput, Objection
from bot.features.reports.models.reports import OVER, Report, ReportState
from bot.features.reports.models.routes import Route
from bot.features.reports.rules.acceptance import AcceptanceRate
from bot.features.reports.rules.followups import away, lasted, took
from bot.features.reports.views.report_buttons import folded, report_buttons
from bot.features.reports.views.report_fields import report_fields
from bot.features.reports.views.reports import question

OBJECTIONS = 5
"""Objections that a card shows; the rest is counted."""
MARGIN = 300
"""Characters of a card's text that stay free: what stands around a draft is short."""


def report_card(
    lint_input: LintInput,
    objections: Sequence[Objection],
    share: AcceptanceRate,
    view: CaseContext,
) -> Card:
    """Show a report: what is to be done first, then what stands in the way, then the facts."""
    report = lint_input.report
    buttons, menu = folded(report_buttons(report, objections))
    return Card(
        title=one_line(_title(report), cards.TITLE),
        body=clip("\n".join(_body(lint_input, objections, view)), cards.BODY),
        tone=_tone(report, objections),
        fields=report_fields(lint_input, share, view),
        snippets=_preview(report, objections),
        buttons=buttons,
        menu=menu,
        footer=one_line(_footer(report, view), cards.FOOTER),
    )


def _title(report: Report) -> str:
    state, claim = report.state.said, report.claim.said
    return tr("{label} {state}: {claim}", label=report.label, state=state, claim=claim)


def route_facts(route: Route) -> tuple[Fact, ...]:
    """Return the router's reasons and what they rest on, for the timeline, in English."""
    why = (Fact("Why" if place == 0 else "And", text) for place, text in enumerate(route.reasons))
    source = route.source.words
    if route.law:
        source = noted("{source} This is not legal advice.", source=source)
    return (*why, Fact("Source", one_line(source, 300)))


def letter_card(case: str, letter: str, page: str, english: str = "") -> Card:
    """Show a letter to the seller that asks for their authorization; nothing is claimed in it.

    It never goes by Amazon's contact form: sellers may not write to each other there, as sellers
    report (facts: contact with the stranger).
    """
    card = Card(
        title=tr("{case}: letter to the seller", case=case),
        body=tr(
            "1. If you haven't bought one from this seller, do that first. A seller who is "
            "warned may change the page.\n"
            "2. Have a lawyer read the wording once.\n"
            "3. Send the letter to the legal address: on the seller's page, open 'Detailed Seller "
            "Information'. Or use the seller's own website.\n"
            "Don't use 'Ask a question': sellers report that Amazon forbids messages between "
            "sellers there. The letter makes no claims. A lawful reseller can answer with an "
            "invoice."
        ),
        tone=Tone.INFO,
        snippets=(Snippet(tr("To the seller"), clip(letter, cards.SNIPPET)),),
        buttons=(Button(label=tr("Seller's page"), url=page),),
    )
    return with_aid(card, english)


def discard_act(who: Person, report: Report, image: Image) -> Act:
    """Say who discarded a confirmed report, and what that means."""
    return Act(
        title=tr("{name} discarded {label}.", name=who.name, label=report.label),
        body=tr(
            "{claim}, confirmed and not filed. Its packet must not be filed.",
            claim=report.claim.said,
        ),
        permission=Permission.WORK_CASES,
        images=(image,),
        instead=tr("Press 'File a report' on its case."),
    )


def reminder_card(report: Report) -> Card:
    """Remind of a report: what is to be done, and the button that does it."""
    buttons, menu = folded(report_buttons(report, ()))
    waits_for_us = report.state in (ReportState.REFUSED, ReportState.WANTED)
    return Card(
        title=tr(
            "{label} needs attention: {state}",
            label=report.label,
            state=report.state.said.lower(),
        ),
        body=question(report),
        tone=Tone.WARNING if waits_for_us else Tone.INFO,
        buttons=buttons,
        menu=menu,
        footer=tr("Reminder {number} of {most}", number=report.reminded, most=REMINDERS),
    )


def _preview(report: Report, objections: Sequence[Objection]) -> tuple[Snippet, ...]:
    """Show the text once nothing stands in its way: before that, something else is to be done."""
    stopped = any(each.stops for each in objections)
    if stopped or report.state is not ReportState.DRAFT or not report.text:
        return ()
    body = sum(len(each.says) + 3 for each in objections[:OBJECTIONS])
    room = min(cards.SNIPPET, cards.TEXT - body - MARGIN)
    return (Snippet(tr("Text"), clip(report.text, room)),)


def _body(lint_input: LintInput, objections: Sequence[Objection], view: ViewContext) -> list[str]:
    report = lint_input.report
    if report.state is ReportState.DRAFT:
        shown = [f"{'✗' if each.stops else '!'} {each.says}" for each in objections[:OBJECTIONS]]
        more = len(objections) - len(shown)
        if more:
            shown.append(tr("and {more} more", more=more))
        return shown or [
            tr("No issues found. A second person should review and confirm the report.")
        ]
    if report.returned_at is not None:
        return [_back(report, view.clock(report.returned_at))]
    if report.removed_at is not None and report.state in OVER:
        return [_gone(report)]
    if report.removed_at is not None and report.state not in OVER:
        then = (
            tr("Close the report.")
            if report.state is ReportState.ACCEPTED
            else tr("Close the report when Amazon has answered.")
        )
        return [together(_gone(report), then)]
    if report.state is ReportState.CONFIRMED and not (report.packet or report.packet_deleted_at):
        return [tr("Preparing the evidence packet. It will appear in this thread.")]
    return [question(report, {item.kind for item in lint_input.here})]


def _back(report: Report, since: str) -> str:
    """Say that the seller is back, and what to do where nothing was done yet."""
    stayed = away(report)
    back = (
        tr("Back since {since}.", since=since)
        if stayed is None
        else tr("Back since {since}, after {time} away.", since=since, time=lasted(stayed))
    )
    return together(back, tr("Press 'File a new report'.") if report.is_back else "")


def _gone(report: Report) -> str:
    duration = took(report)
    if duration is None:
        return tr("The offer is gone.")
    return tr("The offer is gone: removed after {time}.", time=lasted(duration))


def _tone(report: Report, objections: Sequence[Objection]) -> Tone:
    if report.is_back:
        return Tone.CRITICAL
    if report.state in OVER:
        return Tone.QUIET
    if report.removed_at is not None or report.state is ReportState.ACCEPTED:
        return Tone.GOOD
    if report.state in (ReportState.REFUSED, ReportState.WANTED):
        return Tone.CRITICAL
    stopped = report.state is ReportState.DRAFT and any(each.stops for each in objections)
    return Tone.WARNING if stopped or report.state is ReportState.PARTLY else Tone.INFO


def _footer(report: Report, view: ViewContext) -> str:
    parts = [report.label, tr("drafted by {name}", name=report.drafted_by.name)]
    if report.confirmed_by:
        parts.append(tr("confirmed by {name}", name=report.confirmed_by.name))
    if report.filed_at and report.filed_by:
        time = view.clock(report.filed_at)
        parts.append(tr("filed by {name} {time}", name=report.filed_by.name, time=time))
    return " · ".join(parts)
