"""What a person hears of a product that they just named: what is seen, or why nothing is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import Card, Tone
from bot.core.collections import AUDIT
from bot.core.forms import Answers, Text
from bot.core.interactions import Ask, Post, Reply
from bot.core.listing import Offer, Snapshot, Watch, WatchStatus
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.money import WITHOUT_CENTS, Money
from bot.core.monitoring import CatalogProduct, Reading
from bot.core.router import Router
from bot.errors import SkuRefused, SourceError, Unavailable, UnknownProduct
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import STATUSES, WATCHES
from bot.features.watchlist.flows.watch import WatchForm
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import START, FakeSource
from tests.unit.conftest import ASIN, BEN, OWN, THIEF, Team, asked, card_text, notice, offer, usd

MINUTE = timedelta(minutes=1)
NEW = "B0PRODUCT1"
WRONG = "B0NOTEXIST"
TITLE = "Walnut Salad Bowl, 30 cm, dishwasher safe"
PICTURE = "https://m.media-amazon.com/images/I/bowl.jpg"
UNKNOWN = UnknownProduct(f"Amazon does not know {WRONG} in the marketplace US.")
OURS = offer(OWN, "20")


def show(team: Team, *offers: Offer, total: int | None = None, asin: str = NEW) -> None:
    """Let the marketplace and the catalogue know the product."""
    number = len(offers) if total is None else total
    team.source.put(
        Snapshot(
            asin=asin,
            marketplace="US",
            at=team.clock.now,
            offers=offers,
            total=number,
            holders=(OWN,) if offers else (),
            digest="ab" * 32,
        )
    )
    team.source.catalog[asin] = CatalogProduct(TITLE, PICTURE)


def card(replies: Sequence[Reply]) -> Card:
    [reply] = replies
    assert isinstance(reply, Post), reply
    return reply.card


def values(shown: Card) -> dict[str, str]:
    return {field.label: field.value for field in shown.fields}


def asked_for(team: Team, asin: str) -> int:
    return sum(batch.count(f"US-{asin}") for batch in team.source.asked)


async def stored(team: Team, asin: str) -> Watch | None:
    return await team.app.store.get(WATCHES, f"US-{asin}")


async def look_through(team: Team, source: FakeSource) -> ListingMonitor:
    """Let the team look through another source from now on."""
    monitor = ListingMonitor(team.app, source, PollingPolicy(10 * MINUTE, MINUTE))
    await monitor.load()
    team.router = Router(team.app, monitor)
    return monitor


async def mistyped(team: Team, words: str = "") -> Card:
    """Watch a product that does not exist."""
    team.source.results[f"US-{WRONG}"] = UNKNOWN
    return card(await team.type(f"/watch {WRONG} {words}".strip(), BEN))


async def test_a_new_product_is_shown_as_it_is_seen_now(team: Team) -> None:
    show(team, OURS)
    shown = card(await team.type(f"/watch {NEW} floor 15 sku BOWL-1"))
    assert shown.title == "Watching Walnut Salad Bowl"
    assert (shown.image, shown.tone) == (PICTURE, Tone.GOOD)
    assert values(shown) == {
        "Marketplace": "amazon.com",
        "Price floor": "USD 15.00",
        "SKU": "BOWL-1",
        "Buy Box": "You",
        "Your offer": "USD 20.00 · FBA",
        "Sellers now": "1",
    }
    assert shown.body == "No unknown seller now."
    assert shown.footer == f"{NEW} · US · last check"


async def test_the_form_of_watch_ends_with_the_same_card(team: Team) -> None:
    show(team, OURS)
    ask = asked(await team.type("/watch"))
    ask = asked(await team.submit(ask, {"product": NEW}))
    shown = card(await team.submit(ask, {"market": "US", "floor": "15"}))
    assert shown.title == "Watching Walnut Salad Bowl"
    assert values(shown)["Price floor"] == "USD 15.00"


async def test_it_is_read_once_and_its_title_is_asked_for_once(team: Team) -> None:
    show(team, OURS)
    await team.type(f"/watch {NEW}")
    await team.poll()
    await team.monitor.catalog.tick()
    assert asked_for(team, NEW) == 1
    assert team.source.named == [[NEW]]
    watch = await stored(team, NEW)
    assert watch is not None
    assert watch.title == TITLE
    team.clock.advance(minutes=11)
    show(team, OURS)
    await team.poll()
    assert asked_for(team, NEW) == 2


async def test_a_tick_beside_it_reads_it_no_second_time(team: Team) -> None:
    show(team, OURS)
    await asyncio.gather(team.type(f"/watch {NEW} sku BOWL-1"), team.monitor.tick())
    await team.poll()
    assert asked_for(team, NEW) == 1


async def test_unknown_sellers_are_named_and_are_one_case(team: Team) -> None:
    show(team, OURS, offer(THIEF, "19"))
    shown = card(await team.type(f"/watch {NEW}"))
    assert shown.tone is Tone.WARNING
    assert values(shown)["Sellers now"] == f"2; 1 unknown: {THIEF}"
    await team.dispatcher.deliver()
    assert await team.app.store.count(CASES) == 1
    await team.poll()
    assert await team.app.store.count(CASES) == 1


@pytest.mark.parametrize("command", ["watch", "check"])
async def test_a_stranger_who_holds_the_buy_box_counts_though_not_listed(
    team: Team, command: str
) -> None:
    show(team, OURS)
    seen = team.source.results[f"US-{NEW}"]
    assert isinstance(seen, Snapshot)
    team.source.put(msgspec.structs.replace(seen, holders=(THIEF,)))
    shown = card(await team.type(f"/{command} {NEW}"))
    assert shown.tone is Tone.WARNING
    assert "No unknown seller" not in shown.title + shown.body
    assert THIEF in "".join(values(shown).values())


async def test_many_unknown_sellers_are_counted(team: Team) -> None:
    show(team, *(offer(f"A1STRANGER{number:04}", "19") for number in range(8)), total=30)
    said = values(card(await team.type(f"/watch {NEW}")))
    assert said["Sellers now"].startswith("at least 9; 8 unknown: A1STRANGER0000, ")
    assert said["Sellers now"].endswith(", 3 more")
    assert said["Your offer"] == "none seen"


async def test_no_offer_is_not_called_clear(team: Team) -> None:
    show(team)
    shown = card(await team.type(f"/watch {NEW}"))
    assert shown.tone is Tone.WARNING
    assert "It counts only if a second check confirms it" in shown.body
    assert values(shown)["Sellers now"] == "none seen"


async def test_without_a_seller_id_nobody_can_tell_our_offer(team: Team) -> None:
    object.__setattr__(team.app.brand, "own_sellers", frozenset())
    show(team, OURS)
    assert values(card(await team.type(f"/watch {NEW}")))["Your offer"].startswith("Unknown:")


async def test_without_a_catalogue_the_card_has_the_asin_and_no_picture(team: Team) -> None:
    show(team, OURS)

    class Broken(FakeSource):
        async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:
            raise Unavailable

    source = Broken()
    source.results = team.source.results
    await look_through(team, source)
    shown = card(await team.type(f"/watch {NEW}"))
    assert (shown.title, shown.image) == (f"Watching {NEW}", "")


LATER = f"Watching {NEW} on amazon.com. Price floor: none. SKU: none. Its first check runs"


@pytest.mark.parametrize("error", [Unavailable("Down."), SourceError("Odd."), SkuRefused("", "")])
async def test_what_nobody_can_tell_now_follows_by_itself(team: Team, error: SourceError) -> None:
    team.source.results[f"US-{NEW}"] = error
    assert notice(await team.type(f"/watch {NEW}")).startswith(LATER)
    assert await stored(team, NEW)


async def test_an_answer_that_fails_here_does_not_deny_what_is_stored(team: Team) -> None:
    class Wrong(FakeSource):
        async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:
            broken = "no adapter expected this"
            raise ValueError(broken)

    await look_through(team, Wrong())
    assert notice(await team.type(f"/watch {NEW}")).startswith("Your change was saved")
    assert await stored(team, NEW)


async def test_while_a_person_waits_for_one_the_next_is_watched_all_the_same(team: Team) -> None:
    show(team, OURS)
    show(team, OURS, asin="B0PRODUCT2")
    begins, goes_on = asyncio.Event(), asyncio.Event()

    class Slow(FakeSource):
        async def read(self, watches: Sequence[Watch]) -> list[Reading]:
            if NEW in [watch.asin for watch in watches]:
                begins.set()
                await goes_on.wait()
            return await super().read(watches)

    source = Slow()
    source.results, source.catalog = team.source.results, team.source.catalog
    monitor = await look_through(team, source)
    first = asyncio.create_task(team.type(f"/watch {NEW}"))
    await begins.wait()
    second = notice(await team.type("/watch B0PRODUCT2"))
    assert second.startswith("Watching B0PRODUCT2 on amazon.com.")
    assert second.endswith("Its first check runs shortly.")
    goes_on.set()
    assert card(await first).title == "Watching Walnut Salad Bowl"
    await monitor.tick()
    await monitor.settle()
    assert [key for batch in source.asked for key in batch].count("US-B0PRODUCT2") == 1


async def test_a_product_that_is_watched_already_is_not_looked_at(team: Team) -> None:
    said = notice(await team.type(f"/watch {ASIN} floor 12"))
    assert said.startswith(f"Changed Pan 1 ({ASIN}) on amazon.com.")
    assert not asked_for(team, ASIN)


async def test_an_asin_that_amazon_does_not_know_is_said_at_once(team: Team) -> None:
    shown = await mistyped(team, "floor 15")
    assert shown.title == f"Amazon does not know {WRONG} on amazon.com"
    assert [button.label for button in shown.buttons] == ["Correct it", "Watch anyway"]
    assert shown.tone is Tone.WARNING
    assert await stored(team, WRONG)


async def test_check_says_it_as_well_and_promises_nothing(team: Team) -> None:
    team.source.results[f"US-{WRONG}"] = UNKNOWN
    shown = card(await team.type(f"/check {WRONG}"))
    assert shown.title == f"Amazon does not know {WRONG} on amazon.com"
    assert "tried again" not in shown.body


async def test_watch_anyway_says_what_it_means(team: Team) -> None:
    [_, anyway] = (await mistyped(team)).buttons
    said = card_text(await team.press(anyway.action, anyway.ref, BEN))
    assert "keeps asking. /health lists the product until Amazon knows it" in said
    assert await stored(team, WRONG)


async def correcting(team: Team, words: str = "floor 15 sku BOWL-1") -> Ask:
    correct = (await mistyped(team, words)).buttons[0]
    return asked(await team.press(correct.action, correct.ref, BEN))


def filled(ask: Ask) -> dict[str, str]:
    return {each.name: each.initial for each in ask.form.inputs if isinstance(each, Text)}


async def test_correct_it_opens_the_form_filled_in_and_replaces_the_wrong_one(team: Team) -> None:
    ask = await correcting(team)
    assert filled(ask) == {"product": WRONG}
    ask = asked(await team.submit(ask, {"product": NEW}, BEN))
    assert filled(ask) == {"floor": "USD 15", "sku": "BOWL-1", "units": ""}
    show(team, OURS)
    answers: Answers = {"market": "US", "floor": "USD 15.00", "sku": "BOWL-1", "units": ""}
    shown = card(await team.submit(ask, answers, BEN))
    assert shown.title == "Watching Walnut Salad Bowl"
    assert shown.body.startswith(f"{WRONG} on amazon.com is no longer watched.")
    right = await stored(team, NEW)
    assert right is not None
    assert (right.sku, right.floor) == ("BOWL-1", usd("15"))
    assert await stored(team, WRONG) is None
    assert await team.app.store.get(STATUSES, f"US-{WRONG}") is None
    # It protected nothing: nobody is called to the channel for it.
    assert team.chat.order == []
    record = await team.app.store.page(AUDIT, limit=100)
    assert f"watches US-{WRONG}" in record[-1].written


async def test_a_link_corrects_the_marketplace(team: Team) -> None:
    ask = await correcting(team, "")
    link = f"https://www.amazon.de/dp/{WRONG}"
    ask = asked(await team.submit(ask, {"product": link}, BEN))
    await team.submit(ask, {"market": "DE", "floor": "", "sku": "", "units": ""}, BEN)
    assert await team.app.store.get(WATCHES, f"DE-{WRONG}")
    assert await stored(team, WRONG) is None


async def test_what_was_seen_meanwhile_is_not_ended_by_a_form(team: Team) -> None:
    ask = asked(await team.submit(await correcting(team), {"product": NEW}, BEN))
    show(team, OURS, asin=WRONG)
    watch = await stored(team, WRONG)
    assert watch is not None
    await team.monitor.check([watch])
    await team.submit(ask, {"market": "US", "floor": "", "sku": "", "units": ""}, BEN)
    assert await stored(team, WRONG)
    assert await stored(team, NEW)


async def test_the_same_product_again_ends_nothing(team: Team) -> None:
    ask = asked(await team.submit(await correcting(team), {"product": WRONG}, BEN))
    answers: Answers = {"market": "US", "floor": "12", "sku": "BOWL-1", "units": ""}
    assert notice(await team.submit(ask, answers, BEN)).startswith(f"Changed {WRONG}")
    changed = await stored(team, WRONG)
    assert changed is not None
    assert changed.floor == usd("12")


async def test_an_sku_of_another_product_is_said_beside_it_and_ends_nothing(team: Team) -> None:
    await team.type(f"/watch {ASIN} sku PAN-1")
    ask = asked(await team.submit(await correcting(team), {"product": NEW}, BEN))
    answers: Answers = {"market": "US", "floor": "", "sku": "PAN-1", "units": ""}
    again = asked(await team.submit(ask, answers, BEN))
    assert "PAN-1 belongs to" in again.errors["sku"]
    assert await stored(team, WRONG)
    assert await stored(team, NEW) is None


@pytest.mark.parametrize("action", ["correct-watch", "watch-anyway"])
async def test_a_button_that_is_too_late_says_so(team: Team, action: str) -> None:
    await mistyped(team)
    status = WatchStatus(key=f"US-{WRONG}", seen_at=team.clock.now)
    async with team.app.store.transaction() as tx:
        tx.put(STATUSES, status)
    said = notice(await team.press(action, f"US-{WRONG}", BEN))
    assert said.startswith(f"{WRONG} on amazon.com is watched.")
    # Nobody ends with it what a member may not end: a product that was not checked yet.
    assert "is watched." in notice(await team.press(action, f"US-{ASIN}", BEN))
    await team.type(f"/unwatch {WRONG}")
    assert "is no longer watched" in notice(await team.press(action, f"US-{WRONG}", BEN))


@given(
    market=st.sampled_from(MARKETPLACES),
    cents=st.integers(min_value=1, max_value=10**9 - 1),
    units=st.integers(min_value=1, max_value=1_000_000) | st.none(),
)
def test_the_form_to_correct_a_watch_reads_what_was_typed_before(
    market: Marketplace, cents: int, units: int | None
) -> None:
    whole = market.currency in WITHOUT_CENTS
    amount = Decimal(cents) if whole else Decimal(cents).scaleb(-2)
    watch = Watch(
        asin=WRONG,
        marketplace=market.code,
        floor=Money(amount, market.currency),
        sku="BOWL 1",
        daily_units=units,
        added_at=START,
    )
    form = WatchForm.correcting(watch)
    assert len(form.floor) <= 20
    again = form.wanted.watch("", START)
    assert again == watch
