"""A draft rests on the right that was chosen, and is written in the language that was chosen."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.forms import Answers, Choice
from bot.core.store import Transaction, run_in_transaction
from bot.core.views.reading_aid import LABEL
from bot.errors import UserError
from bot.features.cases.collections import SELLER_PROFILES
from bot.features.cases.models.profiles import SellerProfile
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.service.handling import edit_report
from bot.features.reports.views.report import letter_card
from tests.unit.conftest import ANA, BEN, SECOND, THIEF, Team, asked
from tests.unit.features.reports.reporting import (
    CASE,
    COPY,
    ORDER,
    OURS,
    REPORT,
    RIGHT,
    TEST_BUY,
    THEIRS,
    answer,
    collect,
    draft,
    everything,
    report,
    shown,
    start,
)


@pytest.fixture
async def hit(team: Team) -> Team:
    """A team with a case and a trademark."""
    await start(team)
    return team


@pytest.mark.parametrize("chosen", ["000001", "000002"])
async def test_of_two_rights_that_count_the_chosen_one_is_what_it_rests_on(
    hit: Team, chosen: str
) -> None:
    other: list[Answers] = [
        {**RIGHT[0], "name": "FINCH"},
        {**RIGHT[1], "registration": "7999999"},
        RIGHT[2],
    ]
    await answer(hit, asked(await hit.type("/rights add")), *other, who=ANA)
    ask = asked(await hit.press("report", CASE, BEN))
    for answers in COPY[:-1]:
        ask = asked(await hit.submit(ask, answers, BEN))
    [which] = ask.form.inputs
    assert isinstance(which, Choice)
    assert [option.value for option in which.options] == ["000001", "000002"]
    await answer(hit, ask, {"right": chosen}, COPY[-1])
    assert (await report(hit)).right == chosen


async def test_a_right_that_was_taken_out_meanwhile_is_not_what_it_rests_on(hit: Team) -> None:
    ask = asked(await hit.press("report", CASE, BEN))
    for answers in COPY[:-1]:
        ask = asked(await hit.submit(ask, answers, BEN))
    await hit.type("/rights remove 1")
    assert "Collect evidence" in await answer(hit, ask, COPY[-1])


@pytest.mark.parametrize(
    ("party", "products", "allowed"),
    [(THIEF, "", True), (THIEF, SECOND, False), ("A2OTHERSELLER", "", False)],
)
async def test_a_letter_of_authorization_makes_its_seller_no_copyist(
    hit: Team, party: str, products: str, allowed: bool
) -> None:
    paper: list[Answers] = [
        {"kind": "authorisation", "name": "Letter", "party": party, "products": products},
        {"since": "", "until": ""},
    ]
    await answer(hit, asked(await hit.type("/papers add")), *paper, who=ANA)
    steps = COPY[:-1] if allowed else COPY
    told = await answer(hit, asked(await hit.press("report", CASE, BEN)), *steps)
    assert ("Ask a lawyer" in told) is allowed


async def test_another_language_writes_the_text_anew(hit: Team) -> None:
    await draft(hit)
    before = await report(hit)
    edited = await run_in_transaction(
        hit.app.store,
        lambda tx: edit_report(hit.app, tx, BEN[0], REPORT, before.text, "de"),
    )
    assert (edited.language, len(edited.versions)) == ("de", 2)
    assert edited.text != before.text
    assert await report(hit) == edited


async def test_the_same_text_is_no_change(hit: Team) -> None:
    await draft(hit)
    text = (await report(hit)).text
    with pytest.raises(UserError, match="has not changed"):
        await run_in_transaction(
            hit.app.store, lambda tx: edit_report(hit.app, tx, BEN[0], REPORT, text)
        )


async def test_a_draft_says_what_is_known_of_the_seller_and_the_offer(hit: Team) -> None:
    profile = SellerProfile(
        seller=THIEF,
        marketplace="US",
        name="BrightLeaf Store 88",
        business="Bright Leaf Trading Ltd",
        address=("5 Harbour Road", "Shenzhen"),
        source="https://www.amazon.com/sp?seller=A1",
        read_at=hit.clock.now,
    )

    async def keep(tx: Transaction) -> None:
        tx.put(SELLER_PROFILES, profile)

    await run_in_transaction(hit.app.store, keep)
    theirs = msgspec.structs.replace(
        THEIRS, ships_from="CN", positive_percent=67, feedback_count=3, fba=False
    )
    await hit.look(OURS, theirs)
    await draft(hit)
    first, *rest = (await report(hit)).text.splitlines()
    assert first.startswith(f"Seller {THIEF} (BrightLeaf Store 88) sells counterfeit units on our")
    assert "ALDER & FINCH (US Reg. No. 7123456, Class 21)" in first
    assert "Business name and address: Bright Leaf Trading Ltd, 5 Harbour Road, Shenzhen" in rest
    assert (
        "Offer: USD 18.70, offered as new, ships from CN, shipped by the seller (FBM), "
        "67% positive feedback (3 ratings)"
    ) in rest


@pytest.mark.parametrize(("seller", "cited"), [(THIEF, True), ("A2OTHERSELLER", False)])
async def test_a_draft_cites_no_test_buy_from_another_seller(
    hit: Team, seller: str, cited: bool
) -> None:
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    [item] = await hit.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert item.purchase is not None
    bought = msgspec.structs.replace(item.purchase, seller=seller)

    async def keep(tx: Transaction) -> None:
        tx.put(EVIDENCE_ITEMS, msgspec.structs.replace(item, purchase=bought))

    await run_in_transaction(hit.app.store, keep)
    await draft(hit)
    assert (ORDER in (await report(hit)).text) is cited


async def in_german(team: Team) -> str:
    """Draft a report, have it written in German, and return what it said in English."""
    await draft(team)
    english = (await report(team)).text
    await run_in_transaction(
        team.app.store, lambda tx: edit_report(team.app, tx, BEN[0], REPORT, english, "de")
    )
    await team.dispatcher.deliver()
    return english


async def test_whoever_confirms_a_text_in_another_language_reads_it_in_english(hit: Team) -> None:
    await everything(hit)
    english = await in_german(hit)
    text, aid = hit.chat.cards["R-1"].snippets
    assert text.text.startswith("Der Verkäufer")
    assert (aid.label, aid.text) == (LABEL, english)
    ask = asked(await hit.press("edit-report", REPORT, BEN))
    assert english[:100] in ask.form.intro


async def test_whoever_still_has_blanks_to_fill_in_reads_them_in_english(hit: Team) -> None:
    english = await in_german(hit)
    assert "[order ID and dates, or why nothing was bought]" in english
    [aid] = hit.chat.cards["R-1"].snippets
    assert (aid.label, aid.text) == (LABEL, english)


async def test_what_is_filed_has_no_english_beside_it(hit: Team) -> None:
    await everything(hit)
    english = await in_german(hit)
    await hit.press("confirm-report", REPORT, ANA)
    await hit.work()
    handed = next(each for key, each in hit.chat.messages.items() if key.startswith("C-1/R-1"))
    assert LABEL not in [each.label for each in handed.card.snippets]
    assert english[:60] not in shown(handed.card)


async def test_a_text_in_the_marketplaces_language_can_be_turned_back_into_english(
    hit: Team,
) -> None:
    await in_german(hit)
    ask = asked(await hit.press("edit-report", REPORT, BEN))
    language = ask.form.inputs[-1]
    assert isinstance(language, Choice)
    assert {option.value for option in language.options} == {"de", "en"}


def test_a_letter_to_a_seller_in_another_language_is_shown_beside_its_english() -> None:
    page = "https://www.amazon.de/sp?seller=A1"
    shown = letter_card("C-1", "Guten Tag,", page, "Hello,")
    assert [each.text for each in shown.snippets] == ["Guten Tag,", "Hello,"]
    assert len(letter_card("C-1", "Hello,", page).snippets) == 1
