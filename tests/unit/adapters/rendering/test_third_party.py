"""What a third party tells of a company stands in the dossier as its word, with its date."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from adapters.rendering.dossier_case import cells
from adapters.rendering.words import Words
from bot.features.cases.models.seller_facts import SellerFacts
from tests.unit.adapters.packets.dossiers import SELLER, dossier

FACTS = SellerFacts(
    seller=SELLER.id,
    marketplace="DE",
    source="Keepa",
    read_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
    told_at=datetime(2026, 10, 12, 8, tzinfo=UTC),
    name="NORDLICHT TRADE",
    business="Nordlicht Handel UG",
    company=True,
    address=("Kai 7", "20457 Hamburg", "DE"),
    vat="DE123456789",
)


def notes(language: str, facts: SellerFacts | None) -> list[str]:
    told = dossier((), (), language=language, seller=msgspec.structs.replace(SELLER, facts=facts))
    first = next(iter(cells(told, Words(language))))
    return [note.text for note in first.notes]


def test_it_names_its_source_and_day_and_that_amazon_confirms_nothing() -> None:
    *_, business, vat = notes("en", FACTS)
    assert business.startswith("Keepa, 12 Oct 2026") or "2026" in business
    assert "(third party, not confirmed by Amazon): Nordlicht Handel UG, Kai 7" in business
    assert business.endswith("20457 Hamburg, DE")
    assert vat == "VAT number according to Keepa: DE123456789"


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "ja"])
def test_each_language_of_a_dossier_says_it(language: str) -> None:
    added = notes(language, FACTS)[len(notes(language, None)) :]
    assert len(added) == 2
    assert all("Keepa" in line for line in added)
    assert "{" not in "".join(added)


def test_a_company_without_a_vat_number_has_one_line() -> None:
    without = msgspec.structs.replace(FACTS, vat="")
    assert len(notes("en", without)) == len(notes("en", None)) + 1


def test_a_hostile_business_is_one_bounded_line() -> None:
    hostile = msgspec.structs.replace(FACTS, business="Ltd\n#eval(1) \u202e" + "x" * 5000)
    *_, business, _ = notes("en", hostile)
    assert "\n" not in business
    assert "\u202e" not in business
    assert len(business) < 400
