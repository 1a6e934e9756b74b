"""Text that was written to do harm is shown as text, wherever it comes from."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.core.cards import Card
from bot.core.interactions import Notice, Post, Reply, Update
from bot.core.listing import Watch
from bot.core.permissions import Person, Role
from bot.core.text import plain
from bot.features.cases.collections import CASES
from bot.features.watchlist.rules.table import read_watches, write_watches
from tests.fakes import START
from tests.journeys.hostile import TEXTS, blank, shown, texts
from tests.journeys.shop import look, open_team, watch
from tests.unit.adapters.amazon import amazon as answers
from tests.unit.adapters.amazon.amazon import Amazon
from tests.unit.conftest import OWN, THIEF, Team, asked

ASIN = "B0HOSTILE1"
COMMANDS = ("/cases all", "/cases mine", "/case 1", "/watches", "/sellers", "/digest", "/health")
SELLERS = {
    "mention": "A\n\u202e@everyone <!channel>",
    "markup": "<script>alert(1)</script>",
    "formula": "=1+1",
    "query": "A1&seller=A2#x?y=1/../z",
    "words": "A1 TWO WORDS",
    "emoji": "\N{FIRE}" * 40,
}
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
NOTICE = 2000
"""Characters that every chat shows."""


every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
every_seller = pytest.mark.parametrize("seller", SELLERS.values(), ids=SELLERS)


@pytest.fixture
async def amazon() -> AsyncIterator[Amazon]:
    async with Amazon() as server:
        yield server


@pytest.fixture
async def shop(tmp_path: Path, amazon: Amazon) -> AsyncIterator[Team]:
    async with open_team(tmp_path, amazon.url, OWN) as team:
        yield team


@pytest.fixture
def any_seller(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every seller ID in, as a source might that looks less closely than Amazon's does."""
    for reader in ("snapshots", "buy_box"):
        monkeypatch.setattr(f"adapters.amazon.{reader}.is_readable_id", bool)


def offered(seller: str, sku: str = "") -> answers.Obj:
    """Return an answer in which a seller undercuts us and holds the Buy Box."""
    theirs = answers.offer(seller, 15, winner=True)
    box = answers.box(15, sellerId=seller)
    return {"SKU": sku, **answers.payload(ASIN, theirs, answers.offer(OWN, 21), boxes=[box])}


def card_of(replies: Sequence[Reply]) -> Card:
    [card] = cards_of(replies)
    return card


def cards_of(replies: Sequence[Reply]) -> list[Card]:
    """Return the cards of an answer: what closes a case also shows how to undo it."""
    cards = [reply.card for reply in replies if isinstance(reply, Post | Update)]
    assert len(cards) == len(replies), replies
    return cards


async def work_a_case(team: Team, who: Person, note: str) -> list[Card]:
    """Do everything that shows what was given; return the cards."""
    admin = (who, Role.ADMIN)
    await look(team)
    replies = [await team.type(f"/check {ASIN}", admin)]
    replies += [await team.press(action, "1", admin) for action in ("acknowledge", "assign")]
    form = asked(await team.press("close", "1", admin))
    replies.append(await team.submit(form, {"reason": "other", "note": note}, admin))
    replies += [await team.type(command, admin) for command in COMMANDS]
    shown = [card for each in replies for card in cards_of(each)]
    return [*shown, *team.chat.cards.values()]


def assert_harmless(card: Card) -> None:
    tags, text = shown(card)
    neutral, _ = shown(blank(card))
    assert tags == neutral
    for said in texts(card):
        assert plain(said) == said
        assert said in text


@every_text
async def test_text_from_anywhere_is_shown_as_text(shop: Team, amazon: Amazon, text: str) -> None:
    amazon.titles = {ASIN: text}
    sku = text.strip()[:40]
    amazon.payloads = {quote(sku, safe=""): offered(THIEF, sku)}
    await watch(shop, [Watch(asin=ASIN, marketplace="US", sku=sku, added_at=START)])
    await shop.monitor.catalog.tick()
    cards = await work_a_case(shop, Person("eve", text), f"A note: {text}"[:1000])
    for card in cards:
        assert_harmless(card)
    assert {"C-1", "C-1/4"} <= set(shop.chat.order)


@every_seller
@pytest.mark.usefixtures("any_seller")
async def test_a_strange_seller_id_is_shown_as_text(
    shop: Team, amazon: Amazon, seller: str
) -> None:
    amazon.payloads = {ASIN: offered(seller)}
    await watch(shop, [Watch(asin=ASIN, marketplace="US", added_at=START)])
    for card in await work_a_case(shop, Person("ana", "Ana"), "A note of ours."):
        assert_harmless(card)
    [case] = await shop.app.store.page(CASES)
    assert case.seller == seller.strip()


@every_seller
@pytest.mark.usefixtures("any_seller")
async def test_a_strange_seller_id_bends_no_link(shop: Team, amazon: Amazon, seller: str) -> None:
    amazon.payloads = {ASIN: offered(seller)}
    await watch(shop, [Watch(asin=ASIN, marketplace="US", added_at=START)])
    await look(shop)
    links = [each.url for each in shop.chat.cards["C-1"].links]
    assert links
    quoted = quote(seller, safe="")
    for link in links:
        page, _, named = link.partition("=")
        assert page.startswith((f"{amazon.url}/dp/{ASIN}", f"{amazon.url}/sp?"))
        assert quoted.startswith(named)


@every_seller
@pytest.mark.usefixtures("any_seller")
async def test_a_strange_seller_who_was_authorised_can_be_withdrawn(
    shop: Team, amazon: Amazon, seller: str
) -> None:
    amazon.payloads = {ASIN: offered(seller)}
    await watch(shop, [Watch(asin=ASIN, marketplace="US", added_at=START)])
    await look(shop)
    await shop.authorise_on_case("1")
    trusted = card_of(await shop.type("/sellers"))
    assert_harmless(trusted)
    [withdraw] = trusted.buttons
    [reply] = await shop.press(withdraw.action, withdraw.ref)
    assert isinstance(reply, Notice)
    assert "no longer trust" in reply.text


@every_seller
async def test_a_strange_seller_id_from_amazon_is_counted_and_makes_no_case(
    shop: Team, amazon: Amazon, seller: str
) -> None:
    amazon.payloads = {ASIN: offered(seller)}
    await watch(shop, [Watch(asin=ASIN, marketplace="US", added_at=START)])
    await look(shop)
    assert await shop.app.store.page(CASES) == []


@every_text
async def test_a_sku_in_an_error_is_shown_as_text(shop: Team, text: str) -> None:
    sku = text.strip()[:40]
    await watch(shop, [Watch(asin=ASIN, marketplace="US", sku=sku, added_at=START)])
    card = card_of(await shop.type(f"/check {ASIN}"))
    assert card.title.startswith("Could not check")
    assert_harmless(card)
    assert_harmless(card_of(await shop.type("/health")))


@every_text
async def test_a_sku_that_amazon_does_not_know_is_told_as_text(
    shop: Team, amazon: Amazon, text: str
) -> None:
    amazon.payloads = {ASIN: offered(THIEF)}
    sku = text.strip()[:40]
    await watch(shop, [Watch(asin=ASIN, marketplace="US", sku=sku, added_at=START)])
    for _ in range(2):
        await look(shop)
    await shop.monitor.skus.tick()
    await shop.dispatcher.deliver()
    [card] = [card for name, card in shop.chat.cards.items() if name.startswith("skus")]
    assert card.title.startswith("Amazon does not know your SKU")
    assert_harmless(card)


@every_text
async def test_a_name_in_a_notice_is_harmless(shop: Team, amazon: Amazon, text: str) -> None:
    amazon.payloads = {ASIN: offered(THIEF)}
    amazon.titles = {ASIN: text}
    await watch(shop, [Watch(asin=ASIN, marketplace="US", added_at=START)])
    await shop.monitor.catalog.tick()
    await look(shop)
    await shop.press("acknowledge", "1", (Person("eve", text), Role.ADMIN))
    for replies in (
        await shop.press("acknowledge", "1"),
        await shop.type(f"/watch {ASIN} 20"),
        await shop.type(f"/unwatch {ASIN}"),
        await shop.type(f"/{text}"),
        await shop.type(f"/case {text}"),
        await shop.type(f"/check {text}"),
    ):
        [reply] = replies
        assert isinstance(reply, Notice)
        assert len(reply.text) <= NOTICE
        assert plain(reply.text) == reply.text


@every_text
def test_a_table_has_no_formula_and_comes_back_as_it_was(text: str) -> None:
    title, sku = text.strip()[:500], text.strip()[:40]
    watches = [Watch(asin=ASIN, marketplace="US", title=title, sku=sku, added_at=START)]
    table = write_watches(watches)
    for row in csv.reader(io.StringIO(table, newline="")):
        assert not any(cell.startswith(FORMULA) for cell in row)
    imported = read_watches(table, "US", START, "")
    assert imported.problems == []
    assert imported.watches == watches
