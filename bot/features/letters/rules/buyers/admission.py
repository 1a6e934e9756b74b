"""Nothing is admitted that nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, phrases
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "Apologise without admitting what is not known"
_WORDS = phrases(
    r"(?:(?:it is|it's|it was|entirely|all) )?our (?:own )?(?:fault|mistake|error)\b",
    r"(?:we|i) (?:admit|made a mistake|are to blame|am to blame)",
    r"(?:unser (?:eigener )?fehler|unsere schuld|unser verschulden|wir geben zu)",
    r"(?:notre (?:propre )?(?:faute|erreur)|nous admettons|nous avons commis une erreur)",
    r"(?:(?:es )?(?:culpa nuestra|nuestra culpa|nuestro error)|admitimos)",
    r"(?:(?:è )?colpa nostra|nostro errore|nostra colpa|ammettiamo)",
    ja="(?:弊社|当社|当店|私ども|こちら)の(?:ミス|過失|責任|不手際|落ち度)",
)


def admission(draft: BuyerDraft) -> Iterator[Remark]:
    """Advice only: sometimes it is known, and then it is said."""
    if words := found(_WORDS, draft.text):
        says = f"'{words}': say so only if you know it. An apology is enough."
        yield Remark(rule=RULE, says=says, stops=False)
