"""Nobody is blamed by name, and nobody called a counterfeiter on suspicion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No blame on other sellers"
_SELLER_ID = re.compile(r"\bA[0-9A-Z]{9,20}\b", re.ASCII)
_SELLER_NAMED = re.compile(
    r"\b[Ss]eller (?:called |named )?[\"'“]?(?!Central|Support)[A-Z][\w&]+"
    r"|\b(?:Verkäufer|Händler)s? (?:namens )?[\"'„]?(?!Amazon)[A-Z][\w&]{2,}"
    r"(?=(?: (?:GmbH|AG|KG|UG))? (?:hat|ist|verkauft|war))"
    r"|\b(?:vendeur|vendedor|venditore) (?:nommé |llamado |chiamato )?[\"'«]?"
    r"(?!Amazon)[A-Z][\w&]{2,}"
    r"|(?:出品者|販売者|販売元)(?:の|は|である)?「[^」]+」",
)


def blame(draft: BuyerDraft) -> Iterator[Remark]:
    """'The item you received may not be ours' is enough, unless the buyer spoke of counterfeits."""
    accused = _SELLER_ID.search(draft.text) or _SELLER_NAMED.search(draft.text)
    words = (accused[0] if accused else "") or found(PHRASES.crook, draft.text)
    if words:
        yield Remark(rule=RULE, says=f"Take out '{words}': speak of the item, not of a seller.")
    fake = found(PHRASES.fake, draft.text)
    if fake and not draft.situation.doubted:
        yield Remark(
            rule=RULE,
            says=f"Take out '{fake}': the buyer did not say so. 'May not be ours' is enough.",
        )
    elif fake and not words:
        yield Remark(
            rule=RULE,
            says=f"'{fake}' is the buyer's word: do not make it yours before you saw the item.",
            stops=False,
        )
