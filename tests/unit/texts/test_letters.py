"""Texts of reports: what is known stands in them, what is not is a blank, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta, timezone

import msgspec
import pytest

from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.claims import Claim
from bot.features.reports.rules.grounds import belongs, fits
from bot.features.reports.texts.writing import (
    REPORTS,
    authorisation_letter,
    claim_and_request,
    report_text,
)
from bot.features.rights.models import BrandRightKind
from tests.cases import for_each
from tests.unit.texts.subjects import (
    ABOUT_GOODS,
    ABOUT_PAGES,
    ABOUT_USE,
    ALL_LANGUAGES,
    ASINS,
    BLANK,
    NOW,
    NUMBER,
    ORDER,
    PURCHASE,
    SELLER,
    SELLER_THERE,
    STORE,
    each_language,
    empty,
    full,
    piece,
    right,
    told,
)

FACT = re.compile(r"(?<![A-Z0-9-])[A-Z0-9][A-Z0-9-]{7,}")
"""ASINs, seller IDs, orders, registrations, dates: whatever is long and has no small letters."""

each_claim = for_each("claim", list(Claim))


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
@pytest.mark.parametrize("claim", [*ABOUT_USE, *ABOUT_PAGES])
def test_what_only_a_person_can_see_is_left_to_fill_in(claim: Claim, language: str) -> None:
    text = report_text(full(claim), language)
    assert BLANK.search(text)
    assert {each.rule for each in told(text, claim)} - {"vague"} == {"blank"}
    assert told(BLANK.sub("the title, since Nov 20, 2026", text), claim) == []


@each_language
@pytest.mark.parametrize("claim", [*ABOUT_GOODS, *ABOUT_USE])
def test_the_first_sentence_says_who_does_what_on_which_listing(
    claim: Claim, language: str
) -> None:
    first, second = report_text(full(claim), language).split("\n")[:2]
    assert f"{SELLER} ({STORE})" in first
    assert ASINS[0] in first
    assert ORDER in first
    assert (f"{NUMBER}" in first) is (claim.right is not None)
    assert not second
    unbought = report_text(full(claim, purchases=()), language).split("\n")[0]
    assert ORDER not in unbought
    assert "[" not in unbought or claim in (Claim.PATENT, Claim.UTILITY_MODEL)


@each_language
@each_claim
def test_what_is_claimed_and_asked_for_can_be_read_alone(claim: Claim, language: str) -> None:
    for subject in (full(claim), empty(claim)):
        lines = report_text(subject, language).split("\n")
        says, asks = claim_and_request(subject, language)
        assert lines[0] == says
        assert asks in lines


@each_language
def test_a_seller_of_whom_one_can_show_it_is_responsible_for_a_change(language: str) -> None:
    words = REPORTS.words(language)
    for claim in (Claim.TAKEOVER, Claim.VARIATION):
        assert f"{words['seller_did']}{words['colon']}{SELLER}" in report_text(
            full(claim), language
        )
    # Who sells there need not have put the pictures there.
    text = report_text(full(Claim.COPYRIGHT), language)
    assert f"{words['seller_there']}{words['colon']}{SELLER}" in text


@each_language
@pytest.mark.parametrize("claim", ABOUT_PAGES)
def test_a_seller_is_named_on_a_page_only_where_the_text_says_as_what(
    claim: Claim, language: str
) -> None:
    text = report_text(full(claim), language)
    assert (SELLER in text) is (claim in SELLER_THERE)
    assert SELLER not in text.split("\n")[0]
    assert ORDER not in text.partition("- E-1")[0]


@each_language
def test_what_is_known_of_the_offer_stands_in_it(language: str) -> None:
    text = report_text(full(Claim.USED_AS_NEW), language)
    assert "CN" in text
    assert "67" in text
    assert ("USD 18.70" in text) is (language in ("en", "es-MX"))
    assert ("18,70 USD" in text) is (language in ("de", "fr", "es", "it"))
    assert "5 Harbour Road" in text
    unknown = full(
        Claim.USED_AS_NEW,
        price=None,
        as_new=False,
        ships_from="",
        fulfilled="",
        positive=None,
    )
    plain = full(Claim.USED_AS_NEW, ratings=None)
    assert len(report_text(unknown, language).splitlines()) == len(text.splitlines()) - 1
    assert len(report_text(plain, language).splitlines()) == len(text.splitlines())


def test_only_what_belongs_to_the_claim_is_enclosed() -> None:
    pieces = [piece(place, kind) for place, kind in enumerate(EvidenceKind, 1)]
    shown = {
        claim: {each.kind for each in pieces if belongs(each, claim, SELLER, ASINS)}
        for claim in Claim
    }
    of_goods = {
        EvidenceKind.TEST_BUY,
        EvidenceKind.RECEIVED,
        EvidenceKind.ORDERS,
        EvidenceKind.CONFIRMATION,
    }
    for claim in (*ABOUT_GOODS, *ABOUT_USE):
        assert shown[claim] == {*EvidenceKind}
    for claim in ABOUT_PAGES:
        assert shown[claim] == {*EvidenceKind} - of_goods


def test_a_test_buy_counts_only_against_whom_it_was_bought_from_and_if_it_shows_something() -> None:
    genuine = msgspec.structs.replace(PURCHASE, genuine=True)
    unnamed = msgspec.structs.replace(PURCHASE, seller="")
    assert fits(PURCHASE, Claim.COUNTERFEIT, SELLER, ASINS)
    assert fits(unnamed, Claim.COUNTERFEIT, SELLER, ASINS)
    assert not fits(PURCHASE, Claim.COUNTERFEIT, "A2OTHER000000", ASINS)
    assert not fits(genuine, Claim.COUNTERFEIT, SELLER, ASINS)
    assert fits(genuine, Claim.USED_AS_NEW, SELLER, ASINS)
    assert not fits(PURCHASE, Claim.COUNTERFEIT, SELLER, ASINS[1:])
    assert not fits(genuine, Claim.TRADEMARK, SELLER, ASINS)


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
    facts = [sorted(FACT.findall(report_text(full(claim), each))) for each in ALL_LANGUAGES]
    assert all(each == facts[0] for each in facts)
    named = {*ASINS}
    named |= {SELLER, ORDER} if claim in {*ABOUT_GOODS, *ABOUT_USE} else set()
    named |= {NUMBER} if claim.right else set()
    assert named <= set(facts[0])


def test_moments_are_told_in_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    assert "2026年11月24日 10:00 UTC" in report_text(full(Claim.PATENT, last_seen=there), "ja")


@each_language
def test_evidence_and_the_reason_for_none_are_named(language: str) -> None:
    text = report_text(full(Claim.MISSING_PARTS), language)
    assert all(f"- E-{place}" in text for place in range(1, len(EvidenceKind) + 1))
    assert "(view 4)" in text
    assert EvidenceKind.RECEIVED.label not in text
    # With a test buy nobody asks why there is no order record, and a page needs none.
    why = "The product is new in this country."
    assert why not in text
    assert why in report_text(full(Claim.MISSING_PARTS, purchases=()), language)
    assert why not in report_text(full(Claim.COPYRIGHT, purchases=()), language)


def test_every_kind_of_evidence_has_a_name_of_its_own_in_every_language() -> None:
    for language in ALL_LANGUAGES:
        lines = [
            re.split("[:\uff1a]", line.partition("(")[0])[1]
            for line in report_text(full(Claim.MISSING_PARTS), language).splitlines()
            if line.startswith("- E-")
        ]
        assert len({*lines}) == len(EvidenceKind)


def test_a_purchase_of_which_nothing_was_written_down_leaves_blanks() -> None:
    bare = msgspec.structs.replace(PURCHASE, observed=" ", verified="", arrived_on=None)
    text = report_text(full(Claim.COUNTERFEIT, purchases=(bare,)), "en")
    assert len(BLANK.findall(text)) == 2
    assert ORDER in text
    assert "arrived on" not in text


@each_language
def test_a_right_of_another_kind_is_never_told_as_this_one(language: str) -> None:
    text = report_text(full(Claim.PATENT, right=right(BrandRightKind.TRADEMARK)), language)
    assert NUMBER not in text
    known = report_text(full(Claim.PATENT), language)
    assert len(BLANK.findall(text)) == len(BLANK.findall(known)) + 1


def test_a_copyright_needs_no_number_and_no_country() -> None:
    work = right(BrandRightKind.COPYRIGHT)
    assert work is not None
    work = msgspec.structs.replace(work, registration="", country="*", name="Photos of the pan")
    text = report_text(full(Claim.COPYRIGHT, right=work), "en")
    assert "We own the copyright: Photos of the pan.\n" in text
    assert "Reg." not in text


@each_claim
def test_a_seller_is_asked_for_where_the_claim_is_about_goods(claim: Claim) -> None:
    text = report_text(full(claim, seller=""), "en")
    assert ("[seller ID" in text) is (claim in {*ABOUT_GOODS, *ABOUT_USE})


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
