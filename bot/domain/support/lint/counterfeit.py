"""'Counterfeit' needs grounds (facts: what gets a report rejected)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.letters import Remark
from bot.domain.phrases import found, phrases
from bot.domain.support.requests import Draft

RULE = "'Counterfeit' needs grounds"
_FAKE = phrases(
    r"(?:counterfeit|fakes?\b(?! reviews?| ratings?| orders?| clicks?| account)|knock-?off|forger"
    r"|pirated)",
    r"(?:produkt|marken)?(?:fälsch(?!lich)|plagiat)",
    r"(?:produkt|marken)piraterie",
    r"gefälschte\w* (?!bewertung|rezension|bestellung|klick|konto|konten|e-?mail|beschwerde)",
    r"contrefa",
    r"falsificad",
    r"contraff",
    ja="偽造品|偽物|模倣品|コピー商品",
)
_DENIED = phrases(
    r"(?:no|not|never|accused of|alleg\w+|claims? that|complaint|complain\w+)"
    r"[^.]{0,60}(?:counterfeit|fake)",
    r"(?:kein|nicht|angeblich|vorwurf|beschwerde)[^.]{0,60}(?:fälsch|plagiat)",
)


def counterfeit(draft: Draft) -> Iterator[Remark]:
    """Nobody is called a counterfeiter on suspicion; to answer such a charge is another matter."""
    words = found(_FAKE, draft.text)
    if words and not draft.grounds and not found(_DENIED, draft.text):
        yield Remark(
            rule=RULE,
            says=f"'{words}' needs a test buy, or photos of theirs and of ours, in the case. Say "
            "what you saw instead.",
        )
