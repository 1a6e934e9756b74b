"""Links to Amazon's own pages, and to no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.core.lint.phrases import SHOWN, flat, found
from bot.core.lint.remarks import Remark
from bot.core.marketplaces import Marketplace
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No external links"
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'()\[\]、。」]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[\w-]{2,63}\.)+(?:com|net|org|de|fr|es|it|jp|eu|at|ch|uk|us|shop|store|info|biz"
    r"|online|site|app|io|co|to|me|ly|gl|page|link)(?![\w-])(?:/[^\s<>\"'()、。」]*)?",
)
_SPELLED = re.compile(
    r"\b(?!amazon)[\w-]{2,63} dot (?:com|net|org|de|fr|es|it|jp|uk)\b", re.IGNORECASE
)


def links(draft: BuyerDraft) -> Iterator[Remark]:
    """A link to Amazon is allowed; a look-alike of its address is not one."""
    text = flat(draft.text)
    outside = [link for link in (*_LINK.findall(text), *_BARE.findall(text)) if not _ours(link)]
    if outside:
        says = f"Take out '{outside[0][:SHOWN]}'. Only links to Amazon are allowed."
        yield Remark(rule=RULE, says=says)
    elif words := found(PHRASES.site, text) or found(_SPELLED, text):
        yield Remark(rule=RULE, says=f"'{words}' leads away from Amazon. Take it out.")


def _ours(link: str) -> bool:
    """Tell whether it leads to one of Amazon's marketplaces, or to a page of theirs."""
    try:
        host = urlsplit(link if "//" in link else f"https://{link}").hostname or ""
    except ValueError:
        return False
    before, amazon, domain = host.lower().rstrip(".").rpartition("amazon.")
    return (
        bool(amazon)
        and (not before or before.endswith("."))
        and Marketplace.of_domain(domain) is not None
    )
