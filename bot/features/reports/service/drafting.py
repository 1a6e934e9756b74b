"""From what people see to a draft behind one of Amazon's doors, or to advice why there is none."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.findings import Fact
from bot.core.interface import noted
from bot.core.labeled import Recommendation
from bot.core.languages import language_of
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.permissions import Person
from bot.core.references import next_number
from bot.core.store import Transaction
from bot.core.templates import ENGLISH
from bot.errors import UserError
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.evidence.views.test_buys import buy_first_card
from bot.features.reports.models.reports import Report, Version
from bot.features.reports.models.routes import Route
from bot.features.reports.rules.inputs import ReportInput
from bot.features.reports.rules.repeats import repeated
from bot.features.reports.rules.routing import route
from bot.features.reports.rules.wording import ReportedProduct, Subject
from bot.features.reports.service.earlier import earlier_reports
from bot.features.reports.service.gathering import subject_of
from bot.features.reports.service.reports import keep
from bot.features.reports.service.routing import answers_of, right_for
from bot.features.reports.texts.writing import authorisation_letter, report_text
from bot.features.reports.views.report import letter_card, route_facts
from bot.features.watchlist.collections import WATCHES


class Routed(msgspec.Struct, frozen=True):
    """Where a matter belongs, and the draft, where that is a report."""

    case: Case
    route: Route
    report: Report | None = None


async def draft_report(
    app: AppContext, tx: Transaction, who: Person, wanted: ReportInput
) -> Routed:
    """Go through the router: draft a report, or write its advice into the case's thread.

    Raises:
        UserError: the case is not there, or closed; or a report already says the same.
    """
    case = await require_case(tx, wanted.case)
    case.require_open()
    asins = wanted.asins or case.asins
    right = await right_for(app, tx, case, wanted)
    found = route(await answers_of(app, tx, case, wanted, right))
    if found.claim is None:
        return Routed(await _advise(app, tx, who, case, asins, found), found)
    seller = case.seller if wanted.names_seller else ""
    if not wanted.drafts:
        return Routed(case, found)
    same = repeated(await earlier_reports(tx, case, case.asins), found.claim, seller, asins)
    if same is not None and not same.came_back:
        raise UserError(same.says)
    report = Report(
        number=await next_number(tx, "reports"),
        case=case.key,
        recommendation=found.recommendation,
        claim=found.claim,
        marketplace=case.marketplace,
        asins=asins,
        seller=seller,
        grounds=wanted.grounds,
        right=right.key if right else "",
        reasons=found.reasons,
        drafted_at=app.clock(),
        drafted_by=who,
    )
    report = await _written(app, tx, report)
    told = noted(
        "{who} drafted {report}: {claim}. Form: {form}.",
        who=who.name,
        report=report.label,
        claim=report.claim.label,
        form=report.recommendation.label,
    )
    await keep(app, tx, report, told, who, route_facts(found))
    return Routed(case, found, report)


async def _written(app: AppContext, tx: Transaction, report: Report) -> Report:
    """Return the report with the first version of its text."""
    text = report_text(await subject_of(app, tx, report), report.language)
    version = Version(text, report.drafted_at, report.drafted_by)
    return msgspec.structs.replace(report, versions=(version,))


async def _advise(
    app: AppContext,
    tx: Transaction,
    who: Person,
    case: Case,
    asins: Sequence[str],
    found: Route,
) -> Case:
    """Write the router's advice into the thread: nothing is filed."""
    where = found.recommendation.label
    text = noted("A report is not the right step now. {form}.", form=where)
    facts = (*route_facts(found), Fact("Next step", NEXT[found.recommendation]))
    step = Transition.of(case, EntryKind.ACTION, text, app.clock(), who=who, facts=facts)
    case = await record(app, tx, case, [step])
    if found.buy_first and case.seller:
        name, thread = f"{head_of(case)}/buy-{case.entries}", thread_of(case)
        app.outbox.post(tx, name, buy_first_card(case), thread=thread)
    if found.recommendation is Recommendation.AUTHORISATION and case.seller:
        subject = await _subject(app, tx, case, asins)
        language = language_of(case.marketplace)
        letter = authorisation_letter(subject, language)
        english = authorisation_letter(subject, ENGLISH) if language != ENGLISH else ""
        app.outbox.post(
            tx,
            f"{head_of(case)}/letter-{case.entries}",
            letter_card(
                case.label, letter, app.links.seller(case.marketplace, case.seller), english
            ),
            thread=thread_of(case),
        )
    return case


NEXT = {
    Recommendation.LAWFUL: (
        "Press 'Close' and choose 'Lawful reseller' to stop alerts about this seller here."
    ),
    Recommendation.AUTHORISATION: (
        "If you haven't bought one from this seller, do that first. Then send the letter below, "
        "and wait for an invoice or a letter of authorization."
    ),
    Recommendation.LAWYER: (
        "Bring the evidence: type /evidence in this thread, or collect some first."
    ),
    Recommendation.REGISTRY: "If it does not help, press 'File a report' again.",
    Recommendation.APEX: "Ask your patent lawyer before you start it in Report a Violation.",
    Recommendation.MERGE: "In Seller Central, ask catalog support to merge the pages.",
    Recommendation.NOTHING: "There is nothing to file. If the case is about this alone, close it.",
    Recommendation.ASK: "Find out what is open, then press 'File a report' again.",
    Recommendation.COLLECT: "Press 'Collect evidence', then 'File a report' again.",
}
"""What to do where a report is not the right step."""


async def _subject(app: AppContext, tx: Transaction, case: Case, asins: Sequence[str]) -> Subject:
    watches = [await tx.get(WATCHES, Watch.key_of(case.marketplace, asin)) for asin in asins]
    titles = {watch.asin: watch.title for watch in watches if watch}
    return Subject(
        brand=app.brand.name,
        claim=None,
        site=f"amazon.{Marketplace.named(case.marketplace).domain}",
        products=tuple(ReportedProduct(asin, titles.get(asin, "")) for asin in asins),
        seller=case.seller,
    )
