"""The lint: what gets a report rejected, looked for before it is filed.

Most of it is a vendor's experience and our advice; Amazon itself confirms a wrong category and
vague text (facts: what gets a report rejected). A rule a function; an error stops the packet, a
warning asks for a second thought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.features.reports.models.lint_input import LintInput, Objection
from bot.features.reports.rules.lint_evidence import (
    bought_from_them,
    counterfeit_grounds,
    each_product,
    order_record,
    picture,
    stray_test_buy,
    test_buy,
)
from bot.features.reports.rules.lint_privacy import personal
from bot.features.reports.rules.lint_standing import duplicate, lawful_reseller, live, right_here
from bot.features.reports.rules.lint_text import (
    concedes,
    contract,
    honest,
    observed,
    one_violation,
    precise,
    tone,
)

Rule = Callable[[LintInput], Iterable[Objection]]


def lint(lint_input: LintInput) -> tuple[Objection, ...]:
    """Return everything that would get the report rejected, errors first."""
    found = [objection for rule in RULES for objection in rule(lint_input)]
    return tuple(sorted(found, key=lambda objection: not objection.stops))


RULES: tuple[Rule, ...] = (
    lawful_reseller,
    duplicate,
    stray_test_buy,
    counterfeit_grounds,
    picture,
    order_record,
    test_buy,
    each_product,
    bought_from_them,
    right_here,
    live,
    personal,
    precise,
    observed,
    one_violation,
    concedes,
    contract,
    honest,
    tone,
)
