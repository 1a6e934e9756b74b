"""What it is about, by an ID that support can look up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.identifiers import is_asin
from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

RULE = "Names what it is about"
_WORD = re.compile(r"[0-9A-Z]{10}", re.ASCII)
_NUMBER = re.compile(r"(?<![\w.,-])(?:[0-9]{3}-[0-9]{7}-[0-9]{7}|[0-9]{8,20})(?![\w,-])", re.ASCII)
"""An order, or the ID of a complaint or case."""
_ACCOUNT = phrases(
    r"(?:our|the|my|this) (?:selling |seller |amazon |advertising |ads )*accounts?\b",
    r"campaigns?\b",
    r"(?:unser|das|mein|dieses)\w* (?:\w*verkäufer|seller-?|amazon-?|werbe)?\-?konto",
    r"(?:verkäufer|werbe|amazon-)konto",
    r"unsere konten\b",
    r"kampagne",
    r"(?:notre|le) compte\b",
    r"(?:nuestra|la) cuenta\b",
    r"(?:il )?nostro account\b",
    ja="アカウント|キャンペーン",
)


def about(draft: SupportDraft) -> Iterator[Remark]:
    """An ASIN, an order, a complaint or case ID, the account, or an ad campaign is named."""
    asin = any(is_asin(word) for word in _WORD.findall(draft.text))
    if not (asin or _NUMBER.search(draft.text) or found(_ACCOUNT, draft.text)):
        yield Remark(
            rule=RULE, says="Name the ASIN, the order, the complaint ID, or say 'our account'."
        )
