"""From 'File a report' to a draft: the router decides which door is right, and says why."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core import forms
from bot.core.cards import Tone
from bot.core.findings import Fact
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Reply
from bot.core.languages import language_of
from bot.core.listing import watch_key
from bot.core.marketplaces import marketplace
from bot.core.recommendations import Recommendation
from bot.core.request import RequestContext
from bot.core.sequences import next_number
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.cases.commands.cases import find_case
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.steps import turn
from bot.features.cases.rules import transitions
from bot.features.cases.service.contexts import case_context, offered_products, offered_words
from bot.features.cases.service.recording import headline, record
from bot.features.cases.views.case import case_title
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.service.evidence import items_of
from bot.features.reports.flows.report import OfferedRight, seen_in
from bot.features.reports.models.observations import Grounds, RightValidity
from bot.features.reports.models.reports import Report, Version
from bot.features.reports.rules.routing import Answers, Route, best_right, route, validity_of
from bot.features.reports.rules.wording import ReportedProduct, Subject
from bot.features.reports.service.reports import allowed_on, keep, rights, subject_of
from bot.features.reports.texts.writing import authorisation_letter, report_text
from bot.features.reports.views.report import letter_card, route_facts
from bot.features.watchlist.collections import WATCHES

HEADLINE = 200


async def file_report(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what it is about; the answers lead to the right door."""
    case = await find_case(ctx, ctx.text)
    transitions.require_open(case)
    if not case.asins:
        message = (
            f"{case.label} names no product, and a report needs one. "
            f"Ask Amazon's support: /support {case.number}"
        )
        raise UserError(message)
    today = ctx.app.clock().date()
    good = [
        OfferedRight(each.key, each.kind.value, one_line(each.label, forms.OPTION))
        for each in await rights(ctx.app)
        if validity_of(each, case.marketplace, today) is RightValidity.GOOD
    ]
    pieces = await items_of(ctx.tx, case.key)
    view = await case_context(ctx.app, ctx.tx, [case], asins=case.asins)
    bought = any(piece.kind is EvidenceKind.TEST_BUY and piece.here for piece in pieces)
    shown = sorted({piece.asin for piece in pieces if piece.shows_goods and piece.asin})
    there = sorted({piece.asin for piece in pieces if piece.here and piece.asin})
    facts = {
        "case": case.label,
        "headline": one_line(case_title(case), HEADLINE),
        "bought": "yes" if bought else "",
        "rights": msgspec.json.encode(good[: forms.OPTIONS]).decode(),
        "products": offered_products(case, view, [*shown, *there]),
        "offered": offered_words(case),
        "shown": " ".join(shown),
    }
    return [start_flow(ctx, "report", subject=case.key, facts=facts)]


async def finish_report(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Go through the router: a draft behind one of Amazon's doors, or advice why there is none."""
    case = await find_case(ctx, session.subject)
    transitions.require_open(case)
    chosen = given.get("asins")
    asins = tuple(str(asin) for asin in chosen) if isinstance(chosen, tuple) else case.asins
    answers, right = await _answers(ctx, case, asins, given)
    found = route(answers)
    if found.claim is None:
        return await _advise(ctx, case, asins, found)
    now = ctx.app.clock()
    report = Report(
        number=await next_number(ctx.tx, "reports"),
        case=case.key,
        door=found.door,
        claim=found.claim,
        marketplace=case.marketplace,
        asins=asins,
        seller=case.seller,
        grounds=answers.grounds,
        right=right,
        reasons=found.reasons,
        drafted_at=now,
        drafted_by=ctx.who,
    )
    text = report_text(await subject_of(ctx.app, ctx.tx, report), report.language)
    report = msgspec.structs.replace(report, versions=(Version(text, now, ctx.who),))
    told = (
        f"{ctx.who.name} drafted {report.label}: {report.claim.label}. Door: {report.door.label}."
    )
    await keep(ctx.app, ctx.tx, report, told, ctx.who, route_facts(found))
    return [Notice(f"{report.label} is drafted: its card is in {case.label}'s thread.", Tone.GOOD)]


async def _answers(
    ctx: RequestContext, case: Case, asins: Sequence[str], given: Given
) -> tuple[Answers, str]:
    """Return what decides about the door, and the key of the right that it rests on."""
    seen = seen_in(given)
    today = ctx.app.clock().date()
    known = await rights(ctx.app)
    chosen = next((each for each in known if each.key == given.get("right")), None)
    right = chosen or best_right(known, seen.kind, case.marketplace, today)
    answers = Answers(
        seen=seen,
        grounds=Grounds(str(given.get("grounds") or Grounds.SUSPICION)),
        standing=validity_of(right, case.marketplace, today),
        allowed=await allowed_on(ctx.app, ctx.tx, case.seller, asins),
    )
    return answers, right.key if right else ""


async def _advise(
    ctx: RequestContext, case: Case, asins: Sequence[str], found: Route
) -> Sequence[Reply]:
    """Write the router's advice into the thread: nothing is filed."""
    now = ctx.app.clock()
    text = f"No report is right here. {found.door.label}."
    facts = (*route_facts(found), Fact("Next", _NEXT[found.door]))
    step = turn(case, EntryKind.ACTION, text, now, who=ctx.who, facts=facts)
    case = await record(ctx.app, ctx.tx, case, [step])
    if found.door is Recommendation.AUTHORISATION and case.seller:
        subject = await _subject(ctx, case, asins)
        letter = authorisation_letter(subject, language_of(case.marketplace))
        ctx.app.outbox.post(
            ctx.tx,
            f"{headline(case)}/letter-{case.entries}",
            letter_card(case.label, letter, ctx.app.links.seller(case.marketplace, case.seller)),
            thread=case.wave or headline(case),
        )
    return [Notice(f"{found.door.label}. {found.reasons[0]} The thread says more.")]


_NEXT = {
    Recommendation.LAWFUL: (
        "Press 'Close' and choose 'Lawful reseller': no more alerts about them here."
    ),
    Recommendation.AUTHORISATION: "Send the letter below, and wait for an invoice or a letter.",
    Recommendation.LAWYER: (
        "Take the evidence along: type /evidence in this thread, or collect some first."
    ),
    Recommendation.COLLECT: "Press 'Collect evidence', then 'File a report' again.",
}


async def _subject(ctx: RequestContext, case: Case, asins: Sequence[str]) -> Subject:
    watches = [await ctx.tx.get(WATCHES, watch_key(case.marketplace, asin)) for asin in asins]
    titles = {watch.asin: watch.title for watch in watches if watch}
    return Subject(
        brand=ctx.app.brand.name,
        claim=None,
        site=f"amazon.{marketplace(case.marketplace).domain}",
        products=tuple(ReportedProduct(asin, titles.get(asin, "")) for asin in asins),
        seller=case.seller,
    )
