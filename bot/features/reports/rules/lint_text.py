"""The lint's rules on the text: vague, or about more than one violation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import GOODS, Claim
from bot.features.reports.models.lint_input import LintInput, Objection, stop, warn

SHORTEST = 200
"""Characters in which nobody can say what was observed, when, and how it was verified."""
_DATE = re.compile(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b")
_BLANK = re.compile(r"\[[^\]\n]{2,80}\]|_{4,}|\{\{")
_FAKE = re.compile(
    r"\b(counterfeit|fakes?\b|knock-?offs?|forger|contrefa|falsific|contraff)"
    r"|fälsch|偽造|偽物|模倣|コピー商品",
    re.IGNORECASE,
)
"""In the languages of the texts."""
_PRICE = re.compile(
    r"\b(unauthori[sz]ed (re)?seller|minimum (advertised )?price|without our permission|MAP)\b"
)


def precise(lint_input: LintInput) -> Iterator[Objection]:
    """Vague: date and time, ASIN, seller ID, order ID stand in the text."""
    report = lint_input.report
    missing = [asin for asin in report.asins if asin not in report.text]
    if missing:
        yield stop("vague", f"Mention {', '.join(missing[:5])} in the text.", "edit-report")
    if report.seller and report.seller not in report.text:
        yield stop("vague", f"Mention the seller {report.seller} in the text.", "edit-report")
    if not _DATE.search(report.text):
        yield stop("vague", "Add the date and time to the text.", "edit-report")
    orders = [item.purchase.order for item in lint_input.here if item.purchase]
    if report.claim in GOODS and orders and not any(order in report.text for order in orders):
        yield stop("vague", f"Mention the order {orders[0]} in the text.", "edit-report")


def observed(lint_input: LintInput) -> Iterator[Objection]:
    """Vague: what was observed against what is genuine, and how it was verified."""
    text = lint_input.report.text
    if len(text) < SHORTEST:
        yield stop(
            "vague",
            "The text is too short. Say what you observed and how you verified it.",
            "edit-report",
        )
    if blank := _BLANK.search(text):
        yield stop("blank", f"Fill in this blank: {blank[0][:60]}", "edit-report")


def one_violation(lint_input: LintInput) -> Iterator[Objection]:
    """One violation per report, named by its own words alone."""
    claim = lint_input.report.claim
    if claim is not Claim.COUNTERFEIT and _FAKE.search(lint_input.report.text):
        yield stop(
            "one-violation",
            "The text says 'counterfeit' or 'fake', but this report does not claim that.",
            "edit-report",
        )
    if lint_input.report.recommendation is Recommendation.INFRINGEMENT and _PRICE.search(
        lint_input.report.text
    ):
        yield warn(
            "one-violation",
            "Selling without permission or below a minimum price is not an infringement. "
            "Mentioning it weakens the report.",
            "edit-report",
        )
