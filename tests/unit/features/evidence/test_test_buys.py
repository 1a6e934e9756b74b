"""A test buy says from whom, of which listing and at what price; it may be genuine."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from bot.core.files import Upload
from bot.core.forms import Answers, Choice, Text
from bot.core.interactions import Ask
from bot.core.money import Money
from bot.features.cases.collections import CASES, SELLER_PROFILES
from bot.features.cases.models.profiles import SellerProfile
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from tests.unit.conftest import ASIN, BEN, THIEF, Team, asked, notice
from tests.unit.features.reports.reporting import CASE, ORDER, TEST_BUY, collect, shown, start

OTHER = "A2SOMEONEELSE9"


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def first(team: Team) -> Ask:
    ask = asked(await team.press("collect", CASE, BEN))
    return asked(await team.submit(ask, {"what": EvidenceKind.TEST_BUY.value}, BEN))


async def pieces(team: Team) -> list[EvidenceItem]:
    return list(await team.app.store.find(EVIDENCE_ITEMS, "case", CASE))


async def bought(team: Team) -> Purchase:
    [purchase] = [item.purchase for item in await pieces(team) if item.purchase]
    return purchase


async def paper(team: Team) -> Upload:
    digest = await team.app.evidence.keep(b"Sold by", {"at": "now"})
    return Upload("order.pdf", "application/pdf", 7, digest)


def proposed(ask: Ask) -> dict[str, str]:
    return {each.name: each.initial for each in ask.form.inputs if isinstance(each, Text)}


def offered(ask: Ask) -> set[str]:
    [what] = [each for each in ask.form.inputs if isinstance(each, Choice)]
    return {option.value for option in what.options}


async def test_what_the_case_knows_is_filled_in(hit: Team) -> None:
    async with hit.app.store.transaction() as tx:
        page = SellerProfile(
            seller=THIEF, marketplace="US", name="BrightLeaf", source="", read_at=hit.app.clock()
        )
        tx.put(SELLER_PROFILES, page)
    known = proposed(await first(hit))
    assert known == {
        "order": "",
        "seller": THIEF,
        "sold_by": "BrightLeaf",
        "asin": ASIN,
        "price": "",
    }


async def test_a_test_buy_says_from_whom_of_what_and_at_what_price(hit: Team) -> None:
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    purchase = await bought(hit)
    assert (purchase.seller, purchase.seller_name) == (THIEF, "BrightLeaf Store 88")
    assert (purchase.asin, str(purchase.price)) == (ASIN, "USD 18.70")
    assert not purchase.genuine


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"seller": OTHER}, f"C-1 is about {THIEF}."),
        ({"asin": "B0ELSEWHER"}, "C-1 is not about B0ELSEWHER."),
        ({"seller": "BrightLeaf"}, "is not a seller ID"),
        ({"price": "cheap"}, "price"),
    ],
)
async def test_an_order_that_does_not_fit_the_case_is_told_at_once(
    hit: Team, wrong: Answers, says: str
) -> None:
    ask = asked(await hit.submit(await first(hit), {**TEST_BUY, **wrong}, BEN))
    assert list(ask.errors) == [*wrong]
    assert says in next(iter(ask.errors.values()))


async def test_a_link_of_the_sellers_page_and_of_the_listing_is_read(hit: Team) -> None:
    linked = {
        "seller": f"https://www.amazon.com/sp?seller={THIEF}",
        "asin": f"https://www.amazon.com/dp/{ASIN}",
        "price": "$18.70",
    }
    await collect(hit, EvidenceKind.TEST_BUY, {**TEST_BUY, **linked})
    purchase = await bought(hit)
    assert (purchase.seller, purchase.asin, purchase.price) == (
        THIEF,
        ASIN,
        Money(Decimal("18.70"), "USD"),
    )


async def test_its_confirmation_is_evidence_of_its_own(hit: Team) -> None:
    told = await collect(hit, EvidenceKind.TEST_BUY, {**TEST_BUY, "files": (await paper(hit),)})
    assert told == "Added to C-1: E-1, E-2."
    order, confirmation = await pieces(hit)
    assert (order.kind, confirmation.kind) == (EvidenceKind.TEST_BUY, EvidenceKind.CONFIRMATION)
    assert confirmation.caption == f"order {ORDER}"
    assert confirmation.asin == ASIN
    assert "✓ Order confirmation of the test buy" in shown(hit.chat.cards["C-1"])


async def test_a_missing_confirmation_is_a_gap_until_it_is_added(hit: Team) -> None:
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    assert "✗ Order confirmation of the test buy" in shown(hit.chat.cards["C-1"])
    given: Answers = {"files": (await paper(hit),), "caption": "The invoice"}
    await collect(hit, EvidenceKind.CONFIRMATION, given)
    assert "✓ Order confirmation of the test buy" in shown(hit.chat.cards["C-1"])


async def test_no_confirmation_is_wanted_where_nothing_was_bought(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    assert "confirmation of the test buy" not in ask.form.intro
    assert "confirmation" not in offered(ask)
    assert "plan" in offered(ask)
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    ask = asked(await hit.press("collect", CASE, BEN))
    assert "confirmation" in offered(ask)
    assert "plan" not in offered(ask)


async def test_whoever_hands_a_confirmation_in_is_told_to_cover_their_address(hit: Team) -> None:
    ask = asked(await hit.submit(await first(hit), TEST_BUY, BEN))
    [hint] = [each.hint for each in ask.form.inputs if each.name == "files"]
    assert "Cover your own name and address" in hint


async def genuine(team: Team) -> str:
    ask = asked(await team.submit(await first(team), TEST_BUY, BEN))
    return notice(await team.submit(ask, {**TEST_BUY, "result": "genuine"}, BEN))


async def test_a_genuine_product_is_not_asked_for_differences(hit: Team) -> None:
    assert await genuine(hit) == "Added to C-1: E-1."
    purchase = await bought(hit)
    assert purchase.genuine
    assert (purchase.observed, purchase.verified) == ("", "")


async def test_the_case_says_that_the_test_buy_was_genuine(hit: Team) -> None:
    await genuine(hit)
    card = shown(hit.chat.cards["C-1"])
    assert "✓ Test buy: genuine product" in card
    assert "Order confirmation" not in card


async def test_after_a_genuine_test_buy_no_copy_is_suggested(hit: Team) -> None:
    await genuine(hit)
    ask = asked(await hit.press("report", CASE, BEN))
    assert "Your test buy brought the genuine product." in ask.form.intro
    [matter] = [each for each in ask.form.inputs if isinstance(each, Choice)]
    assert matter.initial == "resold"
    ask = asked(await hit.submit(ask, {"matter": "doubt"}, BEN))
    grounds = {each.name: each.initial for each in ask.form.inputs if isinstance(each, Choice)}
    assert grounds["grounds"] == ""


async def test_one_copy_among_genuine_products_is_a_copy(hit: Team) -> None:
    await genuine(hit)
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    assert "✓ A test buy\n" in shown(hit.chat.cards["C-1"])
    ask = asked(await hit.press("report", CASE, BEN))
    assert "genuine" not in ask.form.intro


async def test_a_case_without_a_seller_takes_an_order_from_any(hit: Team) -> None:
    async with hit.app.store.transaction() as tx:
        case = await tx.get(CASES, CASE)
        assert case is not None
        tx.put(CASES, msgspec.structs.replace(case, seller=""))
    await collect(hit, EvidenceKind.TEST_BUY, {**TEST_BUY, "seller": OTHER})
    assert (await bought(hit)).seller == OTHER
