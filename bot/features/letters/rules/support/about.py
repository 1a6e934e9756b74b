"""What it is about, by an ID that support can look up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.identifiers import is_asin
from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules.support.phrases import PHRASES

RULE = "Names what it is about"
_WORD = re.compile(r"[0-9A-Z]{10}", re.ASCII)
_NUMBER = re.compile(r"(?<![\w.,-])(?:[0-9]{3}-[0-9]{7}-[0-9]{7}|[0-9]{8,20})(?![\w,-])", re.ASCII)
"""An order, or the ID of a complaint or case."""


def about(draft: SupportDraft) -> Iterator[Remark]:
    """An ASIN, an order, a complaint or case ID, the account, or an ad campaign is named."""
    asin = any(is_asin(word) for word in _WORD.findall(draft.text))
    if not (asin or _NUMBER.search(draft.text) or found(PHRASES.account, draft.text)):
        yield Remark(
            rule=RULE, says="Name the ASIN, the order, the complaint ID, or say 'our account'."
        )
