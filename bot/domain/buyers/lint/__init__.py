"""Amazon's rules for messages to buyers, one a file (facts: messages to buyers).

A new rule is one file with a function, and one line in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.domain.buyers.lint.admission import admission
from bot.domain.buyers.lint.attachments import attachments
from bot.domain.buyers.lint.blame import blame
from bot.domain.buyers.lint.contact_details import contact_details
from bot.domain.buyers.lint.incentives import incentives
from bot.domain.buyers.lint.language import language
from bot.domain.buyers.lint.length import length
from bot.domain.buyers.lint.links import links
from bot.domain.buyers.lint.marketing import marketing
from bot.domain.buyers.lint.names import names
from bot.domain.buyers.lint.order_missing import order_missing
from bot.domain.buyers.lint.repeat import repeat
from bot.domain.buyers.lint.review_change import review_change
from bot.domain.buyers.lint.thanks_only import thanks_only
from bot.domain.buyers.lint.window import window
from bot.domain.buyers.messages import Draft
from bot.domain.letters import Remark, stops_first
from bot.domain.lint.blanks import blanks
from bot.domain.lint.secrets import secrets
from bot.domain.lint.tone import tone

Rule = Callable[[Draft], Iterable[Remark]]

RULES: tuple[Rule, ...] = (
    window,
    repeat,
    contact_details,
    names,
    secrets,
    links,
    order_missing,
    language,
    blanks,
    marketing,
    incentives,
    review_change,
    attachments,
    thanks_only,
    blame,
    tone,
    length,
    admission,
)
"""The gravest first: a field shows a few."""


def lint(draft: Draft) -> tuple[Remark, ...]:
    """Return everything that speaks against the message, what stops it first."""
    return stops_first(remark for rule in RULES for remark in rule(draft))
