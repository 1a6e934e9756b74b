"""All drafts read as letters: nothing in them is written as another language writes it."""

from __future__ import annotations

import re

import msgspec
import pytest

from bot.core.languages import LANGUAGES
from bot.features.evidence.models.items import EvidenceKind
from bot.features.letters.models.buyer_messages import Message, Remedy, Situation
from bot.features.letters.texts.writing import buyer_message
from bot.features.reports.models.claims import ON_GOODS, Claim
from bot.features.reports.rules.wording import ReportedProduct, Subject
from bot.features.reports.texts.writing import authorisation_letter, report_text
from tests.cases import for_each
from tests.unit.texts.subjects import (
    ASINS,
    BLANK,
    ORDER,
    PURCHASE,
    SELLER_THERE,
    each_language_of,
    empty,
    full,
    piece,
)

ISO = re.compile(r"\b20\d\d-\d\d(-\d\d)?\b")
ENGLISH = re.compile(
    r"\b(the|and|with|our|ours|please|seller|listings?|offers?|orders?|screenshot|arrived|bought"
    r"|ordered|shipped|ships|test buy|trademark|date|time|what|which|where|first|last|seen|case"
    r"|brand|evidence|number|data|records|price|new|feedback \d+%|in)\b",
    re.IGNORECASE,
)
SAME = {"de": {"in"}, "it": {"data", "date", "in"}, "fr": {"date"}}
"""Words that the language has as well."""

WRITTEN = {
    "en": ("Nov 19, 2026", "Nov 24, 2026, 10:00 UTC"),
    "de": ("19.11.2026", "24.11.2026, 10:00 UTC"),
    "fr": ("19/11/2026", "24/11/2026, 10:00 UTC"),
    "es": ("19/11/2026", "24/11/2026, 10:00 UTC"),
    "es-MX": ("19/11/2026", "24/11/2026, 10:00 UTC"),
    "it": ("19/11/2026", "24/11/2026, 10:00 UTC"),
    "ja": ("2026年11月19日", "2026年11月24日 10:00 UTC"),
}
MEXICAN = re.compile(r"\bcoste\b|embalaje|por ahora|añadid|precinto", re.IGNORECASE)
"""What is said in Spain, and not in Mexico."""

each_language = each_language_of(LANGUAGES)
each_claim = for_each("claim", list(Claim))


def foreign(claim: Claim | None) -> Subject:
    """Return a subject of which people have said nothing in English."""
    bought = msgspec.structs.replace(PURCHASE, observed="Logo X.", verified="Logo Y.")
    return full(
        claim,
        products=tuple(ReportedProduct(asin) for asin in ASINS),
        business="Bright Leaf Ltd, Shenzhen",
        purchases=(bought,),
        evidence=tuple(piece(place, kind) for place, kind in enumerate(EvidenceKind, 1)),
        no_orders="",
    )


def drafts(claim: Claim, language: str) -> str:
    return (
        "\n".join(report_text(subject, language) for subject in (foreign(claim), empty(claim)))
        + "\n"
    )


@each_language
@each_claim
def test_days_and_moments_are_written_as_the_language_writes_them(
    claim: Claim, language: str
) -> None:
    text = drafts(claim, language)
    assert not ISO.search(text)
    day, moment = WRITTEN[language]
    assert (day in text) is (claim in ON_GOODS)
    assert (moment in text) is (claim in {*ON_GOODS, *SELLER_THERE})


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
@each_claim
def test_no_english_is_left_in_a_draft_in_another_language(claim: Claim, language: str) -> None:
    text = drafts(claim, language).replace("Brand Registry", "")
    left = {each.casefold() for each in ENGLISH.findall(text)}
    assert left - SAME.get(language, set()) == set()


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_no_english_is_left_in_letters_in_another_language(language: str) -> None:
    texts = [authorisation_letter(foreign(None), language)]
    for situation in Situation:
        for remedy in Remedy:
            message = Message(brand="Alder", order=ORDER, situation=situation, remedy=remedy)
            texts.append(buyer_message(message, language))
    left = {each.casefold() for text in texts for each in ENGLISH.findall(text)}
    assert left - SAME.get(language, set()) == set()


@each_claim
def test_the_blanks_are_the_same_in_every_language(claim: Claim) -> None:
    bare = msgspec.structs.replace(foreign(claim), purchases=(), right=None, seller="")
    for subject in (foreign(claim), empty(claim), bare):
        counts = {len(BLANK.findall(report_text(subject, each))) for each in LANGUAGES}
        assert len(counts) == 1


@each_claim
def test_mexico_is_not_written_to_as_spain_is(claim: Claim) -> None:
    assert not MEXICAN.search(drafts(claim, "es-MX"))
    assert "detalle del producto" in drafts(claim, "es-MX")


@pytest.mark.parametrize("situation", list(Situation))
def test_a_buyer_in_mexico_is_not_written_to_as_one_in_spain(situation: Situation) -> None:
    for remedy in Remedy:
        message = Message(brand="Alder", order=ORDER, situation=situation, remedy=remedy)
        text = buyer_message(message, "es-MX")
        assert not MEXICAN.search(text)
        assert text != buyer_message(message, "es")


def test_what_is_said_in_spain_is_found() -> None:
    assert MEXICAN.search("sin coste alguno")
    assert not MEXICAN.search("sin costo")
    assert MEXICAN.search(drafts(Claim.COUNTERFEIT, "es"))
