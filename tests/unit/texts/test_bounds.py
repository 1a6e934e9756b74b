"""Texts of reports: too much is cut by lists, and text from outside stays text on its line."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import SNIPPET
from bot.core.text import CUT
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.claims import Claim
from bot.features.reports.rules.wording import ReportedProduct
from bot.features.reports.texts.writing import LIMITS, authorisation_letter, report_text
from tests.cases import for_each
from tests.unit.texts.subjects import (
    ALL_LANGUAGES,
    ASINS,
    BLANK,
    ORDER,
    PURCHASE,
    each_language,
    empty,
    full,
    piece,
    right,
    told,
)

each_claim = for_each("claim", list(Claim))


@each_language
@each_claim
def test_usual_facts_stand_in_it_uncut(claim: Claim, language: str) -> None:
    asins = [f"B0ALDER{place:03d}" for place in range(12)]
    second = msgspec.structs.replace(PURCHASE, order=ORDER.replace("123-", "456-"))
    subject = full(
        claim,
        products=tuple(
            ReportedProduct(asin, "Alder & Finch cast iron pan, black, 26 cm") for asin in asins
        ),
        purchases=(PURCHASE, second),
        evidence=tuple(piece(n, EvidenceKind.RECEIVED, "logo on the base") for n in range(10)),
    )
    text = report_text(subject, language)
    assert len(text) <= SNIPPET
    assert CUT not in text
    assert text.count("Alder & Finch cast iron pan") == len(asins)
    assert "E-9" in text


@pytest.mark.ci
@each_language
@each_claim
def test_far_too_much_is_cut_by_lists_and_never_at_the_end(claim: Claim, language: str) -> None:
    long = "Wide words " * 100
    asins = [f"B0ALDER{place:03d}" for place in range(25)]
    wide = msgspec.structs.replace(PURCHASE, observed=long, verified=long)
    known = right(claim.right)
    subject = full(
        claim,
        brand=long,
        products=tuple(ReportedProduct(asin, long) for asin in asins),
        right=known and msgspec.structs.replace(known, name=long, owner=long),
        purchases=(wide,) * 9,
        evidence=tuple(piece(n, EvidenceKind.RECEIVED, long) for n in range(200)),
        no_orders=long,
    )
    text = report_text(subject, language)
    assert len(text) <= SNIPPET
    assert all(asin in text for asin in asins)
    assert any(str(200 - room.items) in text for room in LIMITS)
    # The last line counts what is left out.
    assert text.rpartition("\n")[2].startswith("- ")
    assert text.count(CUT) >= 5


def test_titles_give_way_before_what_was_observed() -> None:
    asins = [f"B0ALDER{place:03d}" for place in range(12)]
    observed = "The base is stamped and not engraved. " * 13
    bought = msgspec.structs.replace(PURCHASE, observed=observed)
    titled = tuple(ReportedProduct(asin, "Alder & Finch " * 9) for asin in asins)
    subject = full(Claim.COUNTERFEIT, products=titled, purchases=(bought, bought))
    text = report_text(subject, "de")
    assert text.count(observed.strip()) == 2
    assert all(asin in text for asin in asins)
    assert text.count(": Alder & Finch Alder") == 3


def test_a_letter_about_many_products_is_whole() -> None:
    many = tuple(ReportedProduct(asin, "Wide words " * 30) for asin in ASINS * 12)
    for language in ALL_LANGUAGES:
        text = authorisation_letter(full(None, products=many), language)
        assert len(text) <= SNIPPET
        assert text.endswith("Alder & Finch")


def test_no_more_products_are_named_than_a_report_can_be_about() -> None:
    many = tuple(ReportedProduct(f"B0ALDER{place:03d}") for place in range(200))
    text = report_text(full(Claim.COUNTERFEIT, products=many), "en")
    assert "- and 175 more" in text
    assert "B0ALDER024" in text
    assert "B0ALDER025" not in text


HOSTILE = "[Neu] {{ 7 * 7 }} {% raw %} ______\n- ASIN B0EVIL0001\u2028Seller ID: A\u202e@everyone]"


@each_language
@each_claim
def test_text_from_outside_stays_on_its_line_and_makes_no_blank(
    claim: Claim, language: str
) -> None:
    hostile = full(
        claim,
        products=tuple(ReportedProduct(asin, HOSTILE) for asin in ASINS),
        purchases=(msgspec.structs.replace(PURCHASE, observed=HOSTILE, verified=HOSTILE),),
        evidence=tuple(
            msgspec.structs.replace(each, caption=HOSTILE) for each in full(claim).evidence
        ),
        seller_name=HOSTILE,
        business=HOSTILE,
    )
    plain, text = report_text(full(claim), language), report_text(hostile, language)
    assert len(text.splitlines()) == len(plain.splitlines())
    assert BLANK.findall(text) == BLANK.findall(plain)
    assert {each.rule for each in told(text, claim)} == {each.rule for each in told(plain, claim)}
    assert "\u202e" not in text
    assert "49" not in text
    assert "(( 7 * 7 ))" in text


@given(st.text(max_size=80), st.text("[]{}_%# \n", max_size=80))
def test_nothing_from_outside_adds_or_takes_a_line_or_a_blank(words: str, marks: str) -> None:
    bare = msgspec.structs.replace(PURCHASE, observed="", verified="x")
    plain = report_text(
        empty(Claim.COUNTERFEIT, products=(ReportedProduct("B1"),), purchases=(bare,)), "de"
    )
    titled = (ReportedProduct("B1", words + marks),)
    checked = msgspec.structs.replace(bare, verified=f"x{marks}{words}")
    text = report_text(empty(Claim.COUNTERFEIT, products=titled, purchases=(checked,)), "de")
    assert BLANK.findall(text) == BLANK.findall(plain)
    assert len(text.split("\n")) == len(plain.split("\n"))


def test_a_title_of_nothing_but_space_is_none() -> None:
    text = report_text(full(Claim.PATENT, products=(ReportedProduct(ASINS[0], " \n\t"),)), "en")
    assert f"- ASIN {ASINS[0]}\n" in text
