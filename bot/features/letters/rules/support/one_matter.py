"""One matter: staff cannot pass half a request on (facts: one violation per report)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

RULE = "One matter in one request"
_ANOTHER = phrases(
    r"(?:another|a second|a further|a different|one more|an additional|a separate|an unrelated) "
    r"(?:\w+ )?(?:matter|problem|issue|topic|question|request|complaint|thing)",
    r"(?:by the way\b|p\.?s\.?:|und noch etwas\b)",
    r"(?:on|in) (?:another|a different|an unrelated) (?:note|subject|matter)",
    r"while (?:we are|i am|we're|i'm) at it",
    r"(?:unrelated|separately from this)",
    r"(?:ein|eine|einen|zum) (?:anderes|weiteres|zweites|zusätzliches|andere|weitere|zweite|anderen"
    r"|weiteren|zweiten) (?:\w+ )?(?:anliegen|problem|thema|frage|punkt|bitte|beschwerde)",
    r"(?:übrigens|nebenbei bemerkt|bei dieser gelegenheit|unabhängig davon)",
    r"(?:un autre|une autre|un second|une seconde) (?:problème|question|demande|sujet)",
    r"(?:otro|otra|un segundo|una segunda) (?:problema|asunto|cuestión|solicitud)",
    r"(?:un altro|un'altra|un secondo|una seconda) (?:problema|questione|richiesta)",
    ja="(?:別|もう(?:1|一)つ)の(?:件|問題|ご相談|質問)|ちなみに|ついでに",
)


def one_matter(draft: SupportDraft) -> Iterator[Remark]:
    """No second matter is brought up; it gets a request of its own."""
    if words := found(_ANOTHER, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' begins a second one. Type /support again for it.")
