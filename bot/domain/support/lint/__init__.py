"""What a request to Amazon's support needs, and what gets it sent back: a rule a file.

Amazon publishes no such list. The rules rest on what it rejects reports for (facts: what gets a
report rejected): vague, two matters in one, wrong words. A new rule is one file with a function,
and one line in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.domain.letters import Remark, stops_first
from bot.domain.lint.blanks import blanks
from bot.domain.lint.secrets import secrets
from bot.domain.lint.tone import tone
from bot.domain.support.lint.about import about
from bot.domain.support.lint.buyers_data import buyers_data
from bot.domain.support.lint.counterfeit import counterfeit
from bot.domain.support.lint.done import done
from bot.domain.support.lint.length import length
from bot.domain.support.lint.one_matter import one_matter
from bot.domain.support.lint.request import request
from bot.domain.support.lint.when import when
from bot.domain.support.requests import Draft

Rule = Callable[[Draft], Iterable[Remark]]

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


def lint(draft: Draft) -> tuple[Remark, ...]:
    """Return everything that speaks against the request, what stops it first."""
    return stops_first(remark for rule in RULES for remark in rule(draft))
