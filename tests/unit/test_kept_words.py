"""Words in people's data by which the code finds an entry again: no version may change them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from bot.core.permissions import Person
from bot.features.attacks.rules.raising import LOGGED_BY
from bot.features.cases.views.at_stake import COSTS
from bot.features.cases.views.facts import OF_SELLER
from bot.features.evidence.models.events import no_orders_told
from bot.features.letters.models import letters
from bot.features.reports.models import reports
from bot.features.reviews.rules.redacting import EARLIER_HEADING
from tests.cases import for_each

ANA = Person("ana", "Ana")
R_1: Any = SimpleNamespace(label="R-1")
L_1: Any = SimpleNamespace(label="L-1")


@for_each(
    ("words", "kept"),
    [
        (LOGGED_BY, "Logged by"),
        (COSTS, "Costs us"),
        (" ".join(sorted(OF_SELLER)), "Feedback Seller"),
        (EARLIER_HEADING, "Decided before and not done"),
        (no_orders_told(ANA, "New."), "Ana: there are no order records. New."),
        (letters.answer_told(L_1), "Amazon's support on L-1: "),
        (reports.answer_told(R_1), "Amazon on R-1: "),
        (reports.text_changed(R_1), "changed the text of R-1."),
        (reports.confirmed_told(R_1), "confirmed R-1."),
        (reports.discarded_told(R_1), "discarded R-1."),
        (reports.REASON, "Reason"),
        (reports.AMAZONS_WORDS, "In Amazon's words"),
    ],
)
def test_what_is_found_again_by_its_words_keeps_them(words: str, kept: str) -> None:
    assert words == kept
