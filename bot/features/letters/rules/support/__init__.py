"""What a request to Amazon's support needs, and what gets it sent back: a rule a file.

Amazon publishes no such list. The rules rest on what it rejects reports for (facts: what gets a
report rejected): vague, two matters in one, wrong words. A new rule is one file with a function,
and one line in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.core.lint.blanks import blanks
from bot.core.lint.remarks import Remark, stops_first
from bot.core.lint.secrets import secrets
from bot.core.lint.tone import tone
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.support.about import about
from bot.features.letters.rules.support.buyers_data import buyers_data
from bot.features.letters.rules.support.counterfeit import counterfeit
from bot.features.letters.rules.support.done import done
from bot.features.letters.rules.support.length import length
from bot.features.letters.rules.support.one_matter import one_matter
from bot.features.letters.rules.support.request import request
from bot.features.letters.rules.support.when import when

Rule = Callable[[SupportDraft], Iterable[Remark]]

RULES: tuple[Rule, ...] = (
    secrets,
    buyers_data,
    blanks,
    about,
    when,
    done,
    request,
    one_matter,
    counterfeit,
    tone,
    length,
)
"""The gravest first: a field shows a few."""


def lint(draft: SupportDraft) -> tuple[Remark, ...]:
    """Return everything that speaks against the request, what stops it first."""
    return stops_first(remark for rule in RULES for remark in rule(draft))
