"""What a packet's PDF is told of a case: gathered when a confirmed report is packed."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from bot.core.files import Upload
from bot.core.forms import Answers
from bot.core.money import Money
from bot.core.spots import Spot
from bot.core.written import written_money
from bot.features.cases.collections import CASES, SELLER_FACTS, SELLER_PROFILES
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.rules.seller_facts import facts_of
from bot.features.evidence.collections import COMPARISONS, EVIDENCE_ITEMS
from bot.features.evidence.models.comparisons import Comparison, Difference
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.dossier import Dossier, LimitKind, MomentKind, ReportPoint
from bot.features.reports.rules.answers import offers_in
from bot.features.reports.rules.page_lines import LONGEST, MOST, telling_lines
from bot.features.reports.service.dossiers import write_dossier
from tests.unit.conftest import ANA, ASIN, OWN, SECOND, THIEF, Team
from tests.unit.features.cases.facts import THIEVES
from tests.unit.features.reports.reporting import (
    CASE,
    ORDER,
    OURS,
    REPORT,
    TEST_BUY,
    THEIRS,
    collect,
    draft,
    everything,
    report,
    start,
)

NAME = "BrightLeaf Store 88"
PRICE, FREE = Money(Decimal("37.40"), "USD"), Money(Decimal(0), "USD")


@pytest.fixture
async def collected(team: Team) -> Team:
    await start(team)
    await everything(team)
    await draft(team)
    return team


async def packed(team: Team) -> Dossier:
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    return team.packer.dossiers[-1]


async def pieces(team: Team) -> dict[EvidenceKind, EvidenceItem]:
    return {item.kind: item for item in await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)}


async def again(team: Team, **changed: object) -> Dossier:
    """Return the dossier of the report as if something of it were different."""
    await packed(team)
    other = msgspec.structs.replace(await report(team), **changed)
    case = await team.app.store.get(CASES, CASE)
    assert case is not None
    return await write_dossier(team.app, case, other, team.packer.bundles[-1], "")


async def test_the_first_page_says_who_and_what_and_how_it_is_known(collected: Team) -> None:
    told = await packed(collected)
    assert told.claim is Claim.COUNTERFEIT
    assert "counterfeit" in told.says
    assert "remove this offer" in told.asks
    assert told.seller is not None
    assert (told.seller.id, THIEF in told.seller.link) == (THIEF, True)
    assert [product.asin for product in told.products] == [ASIN]
    assert [bought.order for bought in told.purchases] == [ORDER]
    assert told.right is not None
    assert told.right.registration == "7123456"
    assert (told.offer.price, told.offer.ours, told.offer.there) == (
        written_money(THEIRS.price, "en"),
        written_money(OURS.price, "en"),
        True,
    )


async def test_test_buys_are_told_in_the_order_in_which_they_were_placed(team: Team) -> None:
    await start(team)
    sooner = "111-7654321-7654321"
    await everything(team)
    await collect(
        team, EvidenceKind.TEST_BUY, {**TEST_BUY, "order": sooner, "ordered": "2026-11-20"}
    )
    await collect(team, EvidenceKind.TEST_BUY, {**TEST_BUY, "order": "114-7654321-7654321"})
    await draft(team)
    text = (await report(team)).text
    assert text.index(sooner) < text.index(ORDER) < text.index("114-7654321-7654321")
    told = await again(team)
    assert [each.order for each in told.purchases] == [sooner, ORDER, "114-7654321-7654321"]


async def test_only_what_confirms_a_test_buy_of_this_report_stands_with_it(team: Team) -> None:
    await start(team)
    other = "111-7654321-7654321"
    await everything(team)
    for order in (ORDER, other):
        given: Answers = {**TEST_BUY, "order": order, "files": (await paper(team, order),)}
        await collect(team, EvidenceKind.TEST_BUY, given)
    items = await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    confirming = [item.label for item in items if item.kind is EvidenceKind.CONFIRMATION]
    await draft(team)
    assert (await packed(team)).confirmations == tuple(confirming)
    bundle, case = team.packer.bundles[-1], await team.app.store.get(CASES, CASE)
    assert case is not None

    async def beside(**changed: object) -> tuple[str, ...]:
        """Return what confirms a test buy where the other order was another one."""
        pieces = tuple(
            msgspec.structs.replace(
                item, purchase=msgspec.structs.replace(item.purchase, **changed)
            )
            if item.purchase and item.purchase.order == other
            else item
            for item in bundle.items
        )
        after = msgspec.structs.replace(bundle, items=pieces)
        return (await write_dossier(team.app, case, await report(team), after, "")).confirmations

    assert await beside(seller=OWN) == (confirming[0],)
    assert await beside(genuine=True) == (confirming[0],)


async def test_what_confirms_an_order_of_another_product_does_not_stand_with_it(
    collected: Team,
) -> None:
    given: Answers = {
        "files": (await paper(collected, "of another product"),),
        "caption": "The invoice",
    }
    await collect(collected, EvidenceKind.CONFIRMATION, given)
    assert len((await packed(collected)).confirmations) == 1
    bundle, case = collected.packer.bundles[-1], await collected.app.store.get(CASES, CASE)
    assert case is not None
    items = tuple(
        msgspec.structs.replace(item, asin="B0ELSEWHER")
        if item.kind is EvidenceKind.CONFIRMATION
        else item
        for item in bundle.items
    )
    after = msgspec.structs.replace(bundle, items=items)
    told = await write_dossier(collected.app, case, await report(collected), after, "")
    assert told.confirmations == ()


async def paper(team: Team, content: str) -> Upload:
    digest = await team.app.evidence.keep(content.encode(), {"at": "now"})
    return Upload("order.pdf", "application/pdf", 7, digest)


async def test_a_name_is_that_of_the_sellers_page(collected: Team) -> None:
    profile = SellerProfile(
        seller=THIEF, marketplace="US", name=NAME, source="-", read_at=collected.clock()
    )
    async with collected.app.store.transaction() as tx:
        tx.put(SELLER_PROFILES, profile)
    told = await packed(collected)
    assert told.seller is not None
    assert (told.seller.name, told.seller.profile) == (NAME, profile)
    assert {row.seller: row.name for row in told.offers} == {OWN: "", THIEF: NAME}


async def test_a_page_that_says_no_name_leaves_the_one_of_the_order(collected: Team) -> None:
    async with collected.app.store.transaction() as tx:
        tx.put(
            SELLER_PROFILES,
            SellerProfile(
                seller=THIEF, marketplace="US", name="", source="-", read_at=collected.clock()
            ),
        )
        item = (await pieces(collected))[EvidenceKind.TEST_BUY]
        assert item.purchase is not None
        bought = msgspec.structs.replace(item.purchase, seller=THIEF, seller_name=NAME)
        tx.put(EVIDENCE_ITEMS, msgspec.structs.replace(item, purchase=bought))
    told = await packed(collected)
    assert told.seller is not None
    assert (told.seller.name, told.seller.profile) == (NAME, None)


@pytest.mark.parametrize("company", [True, False])
async def test_a_third_party_is_heard_of_companies_alone(collected: Team, *, company: bool) -> None:
    business = "Bright Leaf Trading Co., Ltd." if company else "Max Mustermann"
    reading = msgspec.structs.replace(THIEVES, business=business)
    at = collected.clock()
    facts = facts_of(reading, (), at, source="Keepa", simulated=False)
    async with collected.app.store.transaction() as tx:
        tx.put(SELLER_FACTS, facts)
    told = await packed(collected)
    assert told.seller is not None
    assert told.seller.facts == (facts if company else None)
    # What Amazon is told in words never rests on it.
    assert business not in f"{told.statement} {told.says} {told.asks}"
    assert "Keepa" not in f"{told.statement} {told.says} {told.asks}"


async def compare(team: Team) -> None:
    """Let the team mark two differences on the photos of both products."""
    found = await pieces(team)
    comparison = Comparison(
        case=CASE,
        received=found[EvidenceKind.RECEIVED].place,
        genuine=found[EvidenceKind.GENUINE].place,
        differences=(
            Difference(words="Logo printed", received=Spot(1, 2), genuine=Spot(3, 4)),
            Difference(words="No batch mark", genuine=Spot(5, 6)),
        ),
    )
    async with team.app.store.transaction() as tx:
        tx.put(COMPARISONS, comparison)


async def test_photos_stand_side_by_side_with_what_a_person_marked(collected: Team) -> None:
    await compare(collected)
    told = await packed(collected)
    assert told.differences == ("Logo printed", "No batch mark")
    assert [(photo.genuine, photo.spots) for photo in told.photos] == [
        (False, (Spot(1, 2), None)),
        (True, (Spot(3, 4), Spot(5, 6))),
    ]


async def test_photos_that_nobody_compared_stand_side_by_side_too(collected: Team) -> None:
    told = await packed(collected)
    assert [(photo.genuine, photo.spots) for photo in told.photos] == [(False, ()), (True, ())]
    assert told.differences == ()


async def test_a_claim_about_a_page_takes_no_goods_and_reports_nobodys_offer(
    collected: Team,
) -> None:
    await compare(collected)
    told = await again(collected, claim=Claim.TAKEOVER)
    assert (told.photos, told.purchases, told.confirmations) == ((), (), ())
    assert told.differences == ()
    assert told.page
    kinds = {exhibit.kind for exhibit in told.exhibits}
    assert not kinds & {EvidenceKind.TEST_BUY, EvidenceKind.RECEIVED, EvidenceKind.ORDERS}
    here = await pieces(collected)
    elsewhere = {limit.about for limit in told.limits if limit.kind is LimitKind.ELSEWHERE}
    assert elsewhere >= {
        here[EvidenceKind.TEST_BUY].label,
        here[EvidenceKind.RECEIVED].label,
    }
    assert not any(row.accused for row in told.offers)


async def test_the_original_of_what_was_copied_is_on_the_first_page(collected: Team) -> None:
    await compare(collected)
    told = await again(collected, claim=Claim.COPYRIGHT)
    original = (await pieces(collected))[EvidenceKind.GENUINE]
    assert [(photo.label, photo.genuine) for photo in told.photos] == [(original.label, True)]
    assert (told.differences, told.purchases) == ((), ())
    assert MomentKind.COMPARED not in {moment.kind for moment in told.moments}


async def test_what_the_text_says_of_a_page_is_told_by_its_labels(collected: Team) -> None:
    await packed(collected)
    text = "Wrong content.\n\nChanged: the title\nBefore: A jug\nNow: [what is shown]\n\nThanks."
    other = msgspec.structs.replace((await report(collected)).versions[-1], text=text)
    told = await again(collected, claim=Claim.TAKEOVER, versions=(other,))
    assert told.points == (ReportPoint("Changed", "the title"), ReportPoint("Before", "A jug"))
    assert (await again(collected)).points == ()


async def test_what_happened_is_a_story_and_not_what_was_uploaded(collected: Team) -> None:
    collected.clock.advance(days=1)
    await collected.look(OURS, THEIRS)
    told = await packed(collected)
    assert {moment.kind for moment in told.moments} == {
        MomentKind.SEEN,
        MomentKind.ORDERED,
        MomentKind.ARRIVED,
        MomentKind.CAPTURED,
        MomentKind.COMPARED,
        MomentKind.STILL_THERE,
    }
    assert len(told.moments) == 6
    assert [moment.at for moment in told.moments] == sorted(m.at for m in told.moments)
    assert told.moments[-1].kind is MomentKind.STILL_THERE


async def test_a_seller_who_left_is_not_still_there(collected: Team) -> None:
    await packed(collected)
    for _ in range(3):
        collected.clock.advance(minutes=10)
        await collected.look(OURS)
    case = await collected.app.store.get(CASES, CASE)
    assert case is not None
    bundle = collected.packer.bundles[-1]
    told = await write_dossier(collected.app, case, await report(collected), bundle, "")
    kinds = [moment.kind for moment in told.moments]
    assert MomentKind.GONE in kinds
    assert MomentKind.STILL_THERE not in kinds
    assert not told.offer.there


async def test_a_test_buy_is_told_after_the_offer_and_before_the_comparison(
    collected: Team,
) -> None:
    """Of an order only the day is known, and here all happened on one."""
    kinds = [moment.kind for moment in (await packed(collected)).moments]
    seen, ordered, arrived, compared = (
        kinds.index(kind)
        for kind in (
            MomentKind.SEEN,
            MomentKind.ORDERED,
            MomentKind.ARRIVED,
            MomentKind.COMPARED,
        )
    )
    assert seen < ordered < arrived < compared


@pytest.mark.parametrize(("claim", "told"), [(Claim.COUNTERFEIT, 0), (Claim.USED_AS_NEW, 1)])
async def test_a_test_buy_that_came_genuine_shows_no_copy_but_may_show_use(
    collected: Team, claim: Claim, told: int
) -> None:
    await packed(collected)
    bundle = collected.packer.bundles[-1]
    items = tuple(
        msgspec.structs.replace(item, purchase=msgspec.structs.replace(item.purchase, genuine=True))
        if item.purchase
        else item
        for item in bundle.items
    )
    case = await collected.app.store.get(CASES, CASE)
    assert case is not None
    other = msgspec.structs.replace(await report(collected), claim=claim)
    genuine = msgspec.structs.replace(bundle, items=items)
    found = await write_dossier(collected.app, case, other, genuine, "")
    assert len(found.purchases) == told


async def test_the_custody_log_tells_a_copy_with_what_it_is_of(collected: Team) -> None:
    told = await packed(collected)
    assert all(line.deed is not CustodyAction.ANNOTATED for line in told.custody)
    captured = next(line for line in told.custody if line.deed is CustodyAction.CAPTURED)
    assert captured.copy == captured.number + 1
    assert "http" not in captured.detail


async def test_machines_words_stand_in_no_caption(collected: Team) -> None:
    told = await again(collected, language="de")
    shown = {exhibit.kind: exhibit for exhibit in told.exhibits}
    assert shown[EvidenceKind.CAPTURE].caption == ""
    assert shown[EvidenceKind.CAPTURE].name == "Bildschirmfoto der Angebotsseite"
    assert shown[EvidenceKind.RECEIVED].caption == "The logo"


async def test_who_drafted_and_confirmed_stays_in_the_team(collected: Team) -> None:
    told = await packed(collected)
    drafted = await report(collected)
    without = msgspec.structs.replace(told, exhibits=(), custody=(), right=None)
    assert drafted.confirmed_by is not None
    for name in (drafted.drafted_by.name, drafted.confirmed_by.name):
        assert f"'{name}'" not in repr(without)


async def test_a_text_that_a_person_changed_says_the_claim_in_their_words(collected: Team) -> None:
    before = (await report(collected)).text
    words = "This seller ships copies of our tray."
    changed = before.replace(before.partition("\n\n")[0], words)
    drafted = await report(collected)
    version = msgspec.structs.replace(drafted.versions[-1], text=changed)
    async with collected.app.store.transaction() as tx:
        tx.put(REPORTS, msgspec.structs.replace(drafted, versions=(version,)))
    assert (await packed(collected)).says == words


PAGE = f"""Market Square
Alder & Finch Saucepan
$37.40
Sold by
{NAME}
Versand durch
Amazon
Verkäufer: {NAME}
Add to basket
"""


def test_of_a_page_the_lines_are_told_that_say_who_sells_and_at_what_price() -> None:
    assert telling_lines(PAGE, (THIEF, NAME, "$37.40")) == (
        "$37.40",
        f"Sold by: {NAME}",
        "Versand durch: Amazon",
        f"Verkäufer: {NAME}",
    )


@pytest.mark.parametrize(
    "line",
    [
        "Conditional on approval",
        "\u00c9tats-Unis",
        "Estados Unidos",
        "Vendeurs tiers",
        "Verk\u00e4uferbewertung 4,5",
        "Pricey pans for all",
        "Now $37.405",
        "A1QX7ZP9KD4W2M9",
    ],
)
def test_a_longer_word_is_no_label_and_no_name(line: str) -> None:
    assert telling_lines(line, (THIEF, "Price", "$37.40")) == ()


@pytest.mark.parametrize(
    "line",
    [
        "Condition: Used",
        "\u00c9tat : Neuf",
        "\u8ca9\u58f2\u5143BrightLeaf",
        "US$37.40",
        "Price, as new",
        f"({THIEF})",
        "$37.40.",
    ],
)
def test_a_label_or_name_is_told_beside_other_signs(line: str) -> None:
    assert telling_lines(line, (THIEF, "Price", "$37.40")) == (line,)


def test_a_page_tells_few_and_short_lines() -> None:
    told = telling_lines(f"Sold by\n{'x' * 999}\n" + f"{NAME}\n" * 99 + PAGE * 99, (NAME,))
    assert len(told) <= MOST
    assert all(len(line) <= LONGEST for line in told)


def test_an_answer_of_amazons_is_told_as_offers() -> None:
    price = {"CurrencyCode": "USD", "Amount": 37.40}
    one = {
        "SellerId": THIEF,
        "ListingPrice": price,
        "Shipping": {"CurrencyCode": "USD", "Amount": 0},
        "SellerFeedbackRating": {"SellerPositiveFeedbackRating": 67, "FeedbackCount": 3},
        "ShipsFrom": {"Country": "CN"},
        "IsFulfilledByAmazon": False,
        "IsBuyBoxWinner": True,
    }
    [row] = offers_in(json.dumps({"payload": {"Offers": [one]}}).encode(), ASIN, "de")
    assert (row.seller, row.price, row.shipping) == (
        THIEF,
        written_money(PRICE, "de"),
        written_money(FREE, "de"),
    )
    assert (row.ships_from, row.fba, row.buy_box) == ("CN", False, True)
    assert (row.positive_percent, row.feedback_count) == (67, 3)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"payload": {"Offers": [{"SellerId": 7}]}}',
        b"[" * 100_000,
        b'{"payload": {"Offers": [{"SellerId": "A", "ListingPrice": {"Amount": 1e999999}}]}}',
    ],
)
def test_an_answer_that_reads_otherwise_is_no_table(content: bytes) -> None:
    assert offers_in(content, ASIN, "en") == ()


async def test_a_reading_of_long_ago_is_a_limit(collected: Team) -> None:
    await packed(collected)
    bundle = collected.packer.bundles[-1]
    later = msgspec.structs.replace(bundle, made_at=bundle.made_at + timedelta(days=2))
    case = await collected.app.store.get(CASES, CASE)
    assert case is not None
    told = await write_dossier(collected.app, case, await report(collected), later, "")
    assert "old" in {limit.kind.value for limit in told.limits}


async def of_product(team: Team, kind: EvidenceKind, asin: str) -> EvidenceItem:
    """Let the piece of that kind be of another product."""
    item = msgspec.structs.replace((await pieces(team))[kind], asin=asin)
    async with team.app.store.transaction() as tx:
        tx.put(EVIDENCE_ITEMS, item)
    return item


async def test_photos_of_a_product_that_is_not_reported_stay_out(collected: Team) -> None:
    other = await of_product(collected, EvidenceKind.RECEIVED, SECOND)
    told = await packed(collected)
    assert [photo.genuine for photo in told.photos] == [True]
    assert other.label not in {each.label for each in told.exhibits}
    about = {limit.about for limit in told.limits if limit.kind is LimitKind.ELSEWHERE}
    assert about == {other.label}


async def test_what_was_compared_on_another_product_stays_out(collected: Team) -> None:
    known = [
        await of_product(collected, kind, SECOND)
        for kind in (EvidenceKind.RECEIVED, EvidenceKind.GENUINE)
    ]
    async with collected.app.store.transaction() as tx:
        tx.put(
            COMPARISONS,
            Comparison(case=CASE, received=known[0].place, genuine=known[1].place, differences=()),
        )
    assert (await packed(collected)).photos == ()
