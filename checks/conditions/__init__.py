"""The rules for offers that are not new: each looks at one summary and yields what it concludes.

A new rule is one file with one function, one line in ``RULES`` and one test file. Rules are pure.
To sell used goods is lawful in general, so nothing here is called counterfeit, and nothing is worse
than a warning. Whether used goods are sold as new, no offer tells.
"""

from __future__ import annotations

from bot.core.findings import Finding
from checks.conditions.amazons_outlet import amazons_outlet
from checks.conditions.context import ConditionContext
from checks.conditions.stranger import stranger_not_new

RULES = (stranger_not_new, amazons_outlet)


def evaluate_conditions(context: ConditionContext) -> list[Finding]:
    """Run all rules."""
    return [finding for rule in RULES for finding in rule(context)]
