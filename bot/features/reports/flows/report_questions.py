"""The forms of filing a report, one question each, and the look before a draft."""

from __future__ import annotations

from bot.core import forms
from bot.core.forms import AnyInput, Choice, Choices, Form, Option, options_of
from bot.core.interface import listed, together, tr, tr_data
from bot.core.text import clip
from bot.features.reports.flows.report_form import YES, ReportForm
from bot.features.reports.models.observations import (
    MATTERS,
    OF_GENUINE,
    OF_WRONG,
    Grounds,
    Observation,
    Origin,
)
from bot.features.reports.models.routes import Route

NO = "no"

TRIED = {
    Observation.TAKEOVER: (
        "What have you tried?",
        "Nothing yet",
        "We sent our page again and asked Brand Registry",
    ),
    Observation.VARIATION: (
        "What have you tried?",
        "Nothing yet",
        "We reported it in Brand Registry",
    ),
    Observation.DUPLICATE: (
        "Why does the page exist?",
        "We don't know, or by mistake",
        "To get around a block or removal",
    ),
}
"""What comes before a report of abuse: the question, and the answers no and yes."""

RESOLD = "resold"
"""The matter of a genuine product, by its name in MATTERS."""


def matter_form(given: ReportForm) -> Form:
    """Ask what it is about."""
    options = tuple(Option(name, tr_data(label)) for name, (label, _) in MATTERS.items())
    initial = RESOLD if given.genuine else given.matter
    lines = (
        tr("{case}: {headline}", case=given.case, headline=given.headline),
        tr("Your test buy brought the genuine product.") if given.genuine else "",
        tr("Amazon has two report forms, and it cannot forward a report filed on the wrong one."),
    )
    return _form(
        "report-matter",
        Choice(name="matter", label=tr("What is it about?"), options=options, initial=initial),
        intro="\n".join(filter(None, lines)),
    )


def detail_form(given: ReportForm) -> Form:
    """Ask what is seen and, of goods, how that is known."""
    details = given.details
    first = given.seen.value if given.seen in details and given.seen else ""
    seen = Choice(
        name="seen", label=tr("What do you see?"), options=options_of(details), initial=first
    )
    ways = OF_GENUINE if all(each.genuine for each in details) else OF_WRONG
    # A test buy shows one of the two: a genuine product, or another one.
    shown = given.bought and given.genuine == (ways is OF_GENUINE)
    grounds = Choice(
        name="grounds",
        label=tr("How do you know?"),
        options=options_of(ways),
        initial=Grounds.TEST_BUY.value if shown else "",
    )
    asks = any(each.about_goods for each in details)
    return _form("report-detail", *((seen, grounds) if asks else (seen,)))


def products_form(given: ReportForm) -> Form:
    """Ask which of the case's products it is about."""
    several = tr("One report can cover several products if the violation is the same.")
    chosen = (asin for asin, _ in given.products if asin in given.shown or not given.shown)
    return _form(
        "report-products",
        Choices(
            name="asins",
            label=tr("Which products?"),
            options=tuple(Option(asin, label) for asin, label in given.products),
            initial=tuple(chosen),
        ),
        intro=together(several, given.offered),
    )


def origin_form(given: ReportForm) -> Form:
    """Ask where genuine goods were first sold, seen from the marketplace's territory."""
    territory = tr_data(given.territory) or tr("this country")
    options = (
        Option(Origin.INSIDE, tr("In {territory}", territory=territory)),
        Option(Origin.OUTSIDE, tr("Outside {territory}", territory=territory)),
        Option(Origin.UNKNOWN, tr("We don't know")),
    )
    question = tr("Where were the goods first sold?")
    return _form("report-origin", Choice(name="origin", label=question, options=options))


def tried_form(given: ReportForm) -> Form:
    """Ask whether what comes before a report of abuse was done."""
    question, no, yes = TRIED.get(given.first_seen, TRIED[Observation.TAKEOVER])
    options = (Option(NO, tr_data(no)), Option(YES, tr_data(yes)))
    return _form("report-tried", Choice(name="tried", label=tr_data(question), options=options))


def instead_form(given: ReportForm) -> Form:
    """Offer to report what needs no trademark."""
    options = (*options_of(given.others), Option(NO, tr("None of these")))
    return _form(
        "report-instead",
        Choice(name="instead", label=tr("Which of these do you see, too?"), options=options),
        intro=together(advised(given.route), tr("These need no trademark:")),
    )


def right_form(given: ReportForm) -> Form:
    """Ask which of several rights that count is infringed."""
    fitting = given.fitting_rights[: forms.OPTIONS]
    options = tuple(Option(each.key, each.label) for each in fitting)
    question = tr("Which right is infringed?")
    return _form("report-right", Choice(name="right", label=question, options=options))


def knows_form(given: ReportForm) -> Form:
    """Ask whether the case's seller is known to have done it."""
    known = tr("{seller}, and we can show it", seller=given.seller)
    options = (Option(NO, tr("We don't know")), Option(YES, clip(known, forms.OPTION)))
    return _form(
        "report-knows",
        Choice(name="knows", label=tr("Who did it?"), options=options),
        intro=tr("The seller of the case may have nothing to do with it."),
    )


def draft_form(given: ReportForm) -> Form:
    """Show what would be drafted; a report that says the same stands in the way."""
    repeats = given.repeats
    stops = repeats is not None and not repeats.came_back
    no = Option(NO, tr("Don't draft it"))
    return Form(
        id="report-draft",
        title=tr("Draft this report?"),
        intro=clip("\n".join(_summary(given)), forms.INTRO),
        inputs=(
            Choice(
                name="draft",
                label=tr("What now?"),
                options=(no,) if stops else (Option(YES, tr("Draft it")), no),
            ),
        ),
    )


def advised(found: Route) -> str:
    """Say where the matter belongs, and why."""
    where = found.recommendation.said
    return tr("{where}. {reason}", where=where, reason=tr_data(found.reasons[0]))


def _form(id: str, *inputs: AnyInput, intro: str = "") -> Form:
    return Form(id=id, title=tr("File a report"), intro=intro, inputs=inputs)


def _summary(given: ReportForm) -> list[str]:
    found, repeats = given.route, given.repeats
    right = next((each.label for each in given.fitting_rights if given.right in ("", each.key)), "")
    known = given.grounds.said if given.observation.about_goods else ""
    rests_on = tr(". ").join(each for each in (right, known) if each)
    lines = [
        repeats.says if repeats else "",
        tr("Form: {form}", form=found.recommendation.said),
        tr("Claim: {claim}", claim=found.claim.said) if found.claim else "",
        tr("Seller: {seller}", seller=given.named or tr("not named")),
        tr("Products: {asins}", asins=listed(*given.reported)),
        tr("Based on: {grounds}", grounds=rests_on) if rests_on else "",
    ]
    return [line for line in lines if line]
