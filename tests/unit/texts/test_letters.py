"""Texts of reports: what is known stands in them, what is not is a blank, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta, timezone

import msgspec
import pytest

from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.claims import GOODS, Claim
from bot.features.reports.texts.writing import authorisation_letter, report_text
from bot.features.rights.models import BrandRightKind
from tests.unit.texts.subjects import (
    ABOUT_GOODS,
    ABOUT_PAGES,
    ALL_LANGUAGES,
    ASINS,
    BLANK,
    NOW,
    NUMBER,
    ORDER,
    PURCHASE,
    SELLER,
    SINCE,
    empty,
    full,
    right,
    told,
)

FACT = re.compile(r"(?<![A-Z0-9-])[A-Z0-9][A-Z0-9-]{7,}")
"""ASINs, seller IDs, orders, registrations, dates: whatever is long and has no small letters."""

each_language = pytest.mark.parametrize("language", ALL_LANGUAGES)
each_claim = pytest.mark.parametrize("claim", list(Claim))


@each_claim
def test_every_claim_has_a_text_of_its_own_in_every_language(claim: Claim) -> None:
    texts = {report_text(full(claim), language) for language in ALL_LANGUAGES}
    assert len(texts) == len(ALL_LANGUAGES)


@each_language
@pytest.mark.parametrize("claim", ABOUT_GOODS)
def test_with_everything_known_nothing_is_left_to_fill_in(claim: Claim, language: str) -> None:
    text = report_text(full(claim), language)
    assert not BLANK.search(text)
    assert told(text, claim) == []
    assert PURCHASE.observed in text
    assert PURCHASE.verified in text


@each_language
@pytest.mark.parametrize("claim", ABOUT_PAGES)
def test_of_a_page_only_what_was_seen_there_is_left_to_fill_in(claim: Claim, language: str) -> None:
    text = report_text(full(claim), language)
    assert len(BLANK.findall(text)) == 4
    assert {each.rule for each in told(text, claim)} == {"blank"}
    assert told(BLANK.sub("the title, since 2026-11-20", text), claim) == []


@each_language
@each_claim
def test_what_is_not_known_is_a_blank_that_the_lint_finds(claim: Claim, language: str) -> None:
    text = report_text(empty(claim), language)
    assert "blank" in {each.rule for each in told(text, claim)}
    filled = BLANK.sub("known", text)
    assert not set("[]{}_") & set(filled)
    assert "None" not in filled
    assert "blank" not in {each.rule for each in told(filled, claim)}


@each_claim
def test_every_language_leaves_the_same_blanks(claim: Claim) -> None:
    counts = {len(BLANK.findall(report_text(empty(claim), each))) for each in ALL_LANGUAGES}
    assert len(counts) == 1


@each_claim
def test_the_same_facts_stand_in_every_language(claim: Claim) -> None:
    facts = [FACT.findall(report_text(full(claim), each)) for each in ALL_LANGUAGES]
    assert all(each == facts[0] for each in facts)
    named = {*ASINS, SELLER, f"{SINCE:%Y-%m-%d}", f"{NOW:%Y-%m-%d}"}
    named |= {ORDER} if claim in ABOUT_GOODS else set()
    named |= {NUMBER} if claim.right else set()
    assert named <= set(facts[0])
    assert f"{NOW:%Y-%m-%d %H:%M} UTC" in report_text(full(claim), "ja")


def test_moments_are_told_in_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    assert "2026-11-24 10:00 UTC" in report_text(full(Claim.PATENT, last_seen=there), "ja")


@each_language
def test_evidence_and_the_reason_for_none_are_named(language: str) -> None:
    text = report_text(full(Claim.MISSING_PARTS), language)
    assert all(f"- E-{place}: " in text for place in range(1, len(EvidenceKind) + 1))
    assert "(view 3)" in text
    assert "The product is new in this country." in text
    assert EvidenceKind.RECEIVED.label not in text


def test_every_kind_of_evidence_has_a_name_of_its_own_in_every_language() -> None:
    for language in ALL_LANGUAGES:
        lines = [
            line.partition("(")[0].partition(": ")[2]
            for line in report_text(full(Claim.MISSING_PARTS), language).splitlines()
            if line.startswith("- E-")
        ]
        assert len({*lines}) == len(EvidenceKind)


def test_a_purchase_of_which_nothing_was_written_down_leaves_blanks() -> None:
    bare = msgspec.structs.replace(PURCHASE, observed=" ", verified="", arrived_on=None)
    text = report_text(full(Claim.COUNTERFEIT, purchases=(bare,)), "en")
    assert len(BLANK.findall(text)) == 2
    assert ORDER in text
    assert "arrived" not in text


@each_language
def test_a_right_of_another_kind_is_never_told_as_this_one(language: str) -> None:
    text = report_text(full(Claim.PATENT, right=right(BrandRightKind.TRADEMARK)), language)
    assert NUMBER not in text
    assert len(BLANK.findall(text)) == 2


def test_a_copyright_needs_no_number_and_no_country() -> None:
    work = right(BrandRightKind.COPYRIGHT)
    assert work is not None
    work = msgspec.structs.replace(work, registration="", country="*", name="Photos of the pan")
    text = report_text(full(Claim.COPYRIGHT, right=work), "en")
    assert "Copyright: Photos of the pan\n" in text
    assert "Registration" not in text


@each_claim
def test_a_seller_is_asked_for_where_the_claim_is_about_goods(claim: Claim) -> None:
    text = report_text(full(claim, seller=""), "en")
    assert ("[seller ID" in text) is (claim in ABOUT_GOODS)
    assert claim in ABOUT_GOODS or claim not in GOODS


def test_a_language_without_texts_is_english() -> None:
    for language in ("nl", "", "../en"):
        assert report_text(full(Claim.PATENT), language) == report_text(full(Claim.PATENT), "en")


@each_language
def test_the_letter_names_brand_product_and_seller(language: str) -> None:
    text = authorisation_letter(full(None), language)
    assert text == report_text(full(None), language)
    assert all(asin in text for asin in ASINS)
    assert SELLER in text
    assert text.count("Alder & Finch") == 4
    assert not BLANK.search(text)
    assert len(BLANK.findall(authorisation_letter(empty(None), language))) == 4
