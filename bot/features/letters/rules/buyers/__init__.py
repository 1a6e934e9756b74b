"""Amazon's rules for messages to buyers, one a file (facts: messages to buyers).

A new rule is one file with a function, and one line in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.core.lint.blanks import blanks
from bot.core.lint.remarks import Remark, stops_first
from bot.core.lint.secrets import secrets
from bot.core.lint.tone import tone
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.admission import admission
from bot.features.letters.rules.buyers.attachments import attachments
from bot.features.letters.rules.buyers.blame import blame
from bot.features.letters.rules.buyers.contact_details import contact_details
from bot.features.letters.rules.buyers.incentives import incentives
from bot.features.letters.rules.buyers.language import language
from bot.features.letters.rules.buyers.length import length
from bot.features.letters.rules.buyers.links import links
from bot.features.letters.rules.buyers.marketing import marketing
from bot.features.letters.rules.buyers.names import names
from bot.features.letters.rules.buyers.order_missing import order_missing
from bot.features.letters.rules.buyers.repeat import repeat
from bot.features.letters.rules.buyers.review_change import review_change
from bot.features.letters.rules.buyers.thanks_only import thanks_only
from bot.features.letters.rules.buyers.window import window

Rule = Callable[[BuyerDraft], Iterable[Remark]]

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


def lint(draft: BuyerDraft) -> tuple[Remark, ...]:
    """Return everything that speaks against the message, what stops it first."""
    return stops_first(remark for rule in RULES for remark in rule(draft))
