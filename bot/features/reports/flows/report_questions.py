"""The forms of filing a report, one question each, and the look before a draft."""

from __future__ import annotations

from bot.core import forms
from bot.core.forms import Choice, Choices, Form, Option, options_of
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

TITLE = "File a report"
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
    options = tuple(Option(name, label) for name, (label, _) in MATTERS.items())
    initial = RESOLD if given.genuine else ""
    bought = "\nYour test buy brought the genuine product." if given.genuine else ""
    return Form(
        id="report-matter",
        title=TITLE,
        intro=f"{given.case}: {given.headline}{bought}\nAmazon has two report forms, and it "
        "cannot forward a report filed on the wrong one.",
        inputs=(
            Choice(name="matter", label="What is it about?", options=options, initial=initial),
        ),
    )


def detail_form(given: ReportForm) -> Form:
    """Ask what is seen and, of goods, how that is known."""
    details = given.details
    seen = Choice(name="seen", label="What do you see?", options=options_of(details))
    ways = OF_GENUINE if all(each.genuine for each in details) else OF_WRONG
    # A test buy shows one of the two: a genuine product, or another one.
    shown = given.bought and given.genuine == (ways is OF_GENUINE)
    grounds = Choice(
        name="grounds",
        label="How do you know?",
        options=options_of(ways),
        initial=Grounds.TEST_BUY.value if shown else "",
    )
    asks = any(each.about_goods for each in details)
    return Form(id="report-detail", title=TITLE, inputs=(seen, grounds) if asks else (seen,))


def products_form(given: ReportForm) -> Form:
    """Ask which of the case's products it is about."""
    intro = "One report can cover several products if the violation is the same."
    chosen = (asin for asin, _ in given.products if asin in given.shown or not given.shown)
    return Form(
        id="report-products",
        title="File a report",
        intro=f"{intro} {given.offered}".strip(),
        inputs=(
            Choices(
                name="asins",
                label="Which products?",
                options=tuple(Option(asin, label) for asin, label in given.products),
                initial=tuple(chosen),
            ),
        ),
    )


def origin_form(given: ReportForm) -> Form:
    """Ask where genuine goods were first sold, seen from the marketplace's territory."""
    territory = given.territory or "this country"
    options = (
        Option(Origin.INSIDE, f"In {territory}"),
        Option(Origin.OUTSIDE, f"Outside {territory}"),
        Option(Origin.UNKNOWN, "We don't know"),
    )
    question = "Where were the goods first sold?"
    return Form(
        id="report-origin",
        title=TITLE,
        inputs=(Choice(name="origin", label=question, options=options),),
    )


def tried_form(given: ReportForm) -> Form:
    """Ask whether what comes before a report of abuse was done."""
    question, no, yes = TRIED.get(given.first_seen, TRIED[Observation.TAKEOVER])
    options = (Option(NO, no), Option(YES, yes))
    return Form(
        id="report-tried",
        title=TITLE,
        inputs=(Choice(name="tried", label=question, options=options),),
    )


def instead_form(given: ReportForm) -> Form:
    """Offer to report what needs no trademark."""
    found = given.route
    options = (*options_of(given.others), Option(NO, "None of these"))
    return Form(
        id="report-instead",
        title=TITLE,
        intro=f"{found.recommendation.label}. {found.reasons[0]} These need no trademark:",
        inputs=(Choice(name="instead", label="Which of these do you see, too?", options=options),),
    )


def right_form(given: ReportForm) -> Form:
    """Ask which of several rights that count is infringed."""
    fitting = given.fitting_rights[: forms.OPTIONS]
    options = tuple(Option(each.key, each.label) for each in fitting)
    return Form(
        id="report-right",
        title=TITLE,
        inputs=(Choice(name="right", label="Which right is infringed?", options=options),),
    )


def knows_form(given: ReportForm) -> Form:
    """Ask whether the case's seller is known to have done it."""
    options = (
        Option(NO, "We don't know"),
        Option(YES, clip(f"{given.seller}, and we can show it", forms.OPTION)),
    )
    return Form(
        id="report-knows",
        title=TITLE,
        intro="The seller of the case may have nothing to do with it.",
        inputs=(Choice(name="knows", label="Who did it?", options=options),),
    )


def draft_form(given: ReportForm) -> Form:
    """Show what would be drafted; a report that says the same stands in the way."""
    repeats = given.repeats
    stops = repeats is not None and not repeats.came_back
    no = Option(NO, "Don't draft it")
    return Form(
        id="report-draft",
        title="Draft this report?",
        intro=clip("\n".join(_summary(given)), forms.INTRO),
        inputs=(
            Choice(
                name="draft",
                label="What now?",
                options=(no,) if stops else (Option(YES, "Draft it"), no),
            ),
        ),
    )


def _summary(given: ReportForm) -> list[str]:
    found, repeats = given.route, given.repeats
    right = next((each.label for each in given.fitting_rights if given.right in ("", each.key)), "")
    known = given.grounds.label if given.observation.about_goods else ""
    rests_on = ". ".join(each for each in (right, known) if each)
    lines = [
        repeats.says if repeats else "",
        f"Form: {found.recommendation.label}",
        f"Claim: {found.claim.label}" if found.claim else "",
        f"Seller: {given.named or 'not named'}",
        f"Products: {', '.join(given.reported)}",
        f"Based on: {rests_on}" if rests_on else "",
    ]
    return [line for line in lines if line]
