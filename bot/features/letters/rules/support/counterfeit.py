"""'Counterfeit' needs grounds (facts: what gets a report rejected)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import flat, found, phrases, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.support_requests import SupportDraft

RULE = "'Counterfeit' needs grounds"
_FAKE = phrases(
    r"(?:counterfeit|fakes?\b(?! (?:reviews?|ratings?|orders?|clicks?|accounts?|claims?|complaints?"
    r"|documents?|invoices?|profiles?)\b)|knock-?off|forger|pirated)",
    r"(?:produkt|marken)?(?:fälsch(?!lich)|plagiat)",
    r"(?:produkt|marken)piraterie",
    r"gefälschte\w* (?!bewertung|rezension|bestellung|klick|konto|konten|e-?mail|beschwerde)",
    r"contrefa",
    r"falsificad",
    r"contraff",
    ja="偽造品|偽物|模倣品|コピー商品",
)
_DENIED = phrases(
    r"(?<!we )(?:accus|alleg|claim|complain|notice|reviews?\b|reviewer)"
    r"[^.]{0,60}(?:counterfeit|fake)",
    r"(?:counterfeit\w*|fake) (?:claim|complain|allegation|accusation|notice)",
    r"(?:no|not|never|don't|doesn't)(?: (?!but\b)\w+){0,2} (?:counterfeit|fake)",
    r"(?:angeblich|vorw[uo]rf|vorgeworfen|unterstell|beschwerde|mitteilung|rezension|bewertung)"
    r"[^.]{0,60}(?:fälsch|plagiat)",
    r"(?:keine?r?|nicht)(?: (?!sondern\b)\w+){0,2} (?:fälsch|plagiat|gefälscht)",
    r"(?:plainte|accus|réclamation|queja|denuncia|reclamo|segnalazione)[^.]{0,60}"
    r"(?:contrefa|falsific|contraff)",
)


def counterfeit(draft: SupportDraft) -> Iterator[Remark]:
    """Nobody is called a counterfeiter on suspicion; to answer such a charge is another matter."""
    said = (each for each in sentences(flat(draft.text)) if not found(_DENIED, each))
    words = next(filter(None, (found(_FAKE, sentence) for sentence in said)), "")
    if words and not draft.grounds:
        yield Remark(
            rule=RULE,
            says=f"'{words}' needs a test buy, or photos of their product and ours, in the case. "
            "Say what you saw instead.",
        )
