"""One seller on very many products: one case, in constant work, and a thread that can be read."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from adapters.storage.tinydb import FILE
from bot.core.collections import OUTBOX
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.forms import OPTIONS
from bot.core.interactions import Post
from bot.core.labeled import Recommendation
from bot.core.listing import Offer, Snapshot, Watch
from bot.features.cases.collections import AFFECTED, CASES, ENTRIES
from bot.features.cases.models.cases import ASINS, Case, case_key
from bot.features.cases.rules.correlation import COOLDOWN, CROWD
from bot.features.cases.service.affected import SHOWN, asins_of, worst_of
from bot.features.cases.service.contexts import case_context, offered_products
from bot.features.cases.service.waking import Waking
from bot.features.cases.views.case import case_title
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.dossier import Limit, LimitKind, MomentKind
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.packets import Bundle
from bot.features.reports.models.reports import Report
from bot.features.reports.service import dossiers
from bot.features.watchlist.collections import SELLERS, WATCHES
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.signals import ALL, active_in
from tests.tallies import tally_of
from tests.unit.conftest import BEN, OWN, THIEF, Team, asked, card_text, offer, opened_team, usd
from tests.unit.features.cases.crowd import CountedStore, put_all

BATCH = 20
MANY = 6 * BATCH
OURS = offer(OWN, "24.99")


def theirs(price: str = "18.70") -> Offer:
    return offer(THIEF, price, fba=False)


@pytest.fixture
async def watched(team: Team) -> list[Watch]:
    """Watch very many products, of which no floor is known."""
    watches = products_of(team, MANY)
    await put_all(team.app.store, WATCHES, watches)
    return watches


def products_of(team: Team, number: int) -> list[Watch]:
    return [
        Watch(asin=f"B0{n:08d}", marketplace="US", title=f"Pot {n}", added_at=team.clock())
        for n in range(number)
    ]


async def see(
    team: Team, watches: Sequence[Watch], *offers: Offer, holder: str = OWN, seconds: float = 5
) -> None:
    """Look at the products, batch by batch, as the program does."""
    for start in range(0, len(watches), BATCH):
        batch = watches[start : start + BATCH]
        for watch in batch:
            team.source.put(
                Snapshot(
                    asin=watch.asin,
                    marketplace="US",
                    at=team.clock(),
                    offers=offers,
                    total=len(offers),
                    holders=(holder,),
                    digest="ab" * 32,
                )
            )
        await team.monitor.check(batch)
        await team.dispatcher.deliver()
        team.clock.advance(seconds=seconds)


async def case_in(team: Team) -> Case:
    [case] = await team.app.store.page(CASES)
    return case


def thread(team: Team) -> list[str]:
    return [key for key in team.chat.order if key.startswith("C-1/")]


async def tick(team: Team) -> None:
    await Waking(team.app).tick()
    await team.dispatcher.deliver()


async def test_a_first_import_is_one_case_one_card_and_a_line_in_ten_minutes(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    assert [key for key in team.chat.order if "/" not in key] == ["C-1"]
    assert thread(team) == []
    assert team.chat.cards["C-1"].title == f"One seller on {MANY} products: seller {THIEF}"
    await tick(team)
    assert thread(team) == []
    team.clock.advance(minutes=10)
    await tick(team)
    await tick(team)
    [line] = thread(team)
    told = team.chat.cards[line]
    assert told.title == f"One seller on {MANY} products: seller {THIEF}"
    assert told.body.splitlines() == [
        f"{MANY - BATCH} findings since 23 Nov 10:00. Now:",
        f"• Offered by this seller: {MANY} products",
    ]


async def cost(folder: Path, products: int) -> tuple[int, int]:
    """Return the documents read and the bytes written for a price move on a batch of products."""
    async with opened_team(folder) as team:
        store = CountedStore(team.app.store)
        app = dataclasses.replace(team.app, store=store)
        monitor = ListingMonitor(
            app, team.source, PollingPolicy(timedelta(minutes=10), timedelta(minutes=1))
        )
        dispatcher = OutboxDispatcher(app, "web", team.chat)
        counted = dataclasses.replace(team, app=app, monitor=monitor, dispatcher=dispatcher)
        watches = products_of(team, products)
        await put_all(team.app.store, WATCHES, watches)
        await see(counted, watches, OURS, theirs())
        read, written = store.handed.all, (folder / FILE).stat().st_size
        await see(counted, watches[:BATCH], OURS, theirs("17.70"))
        return store.handed.all - read, (folder / FILE).stat().st_size - written


async def test_a_check_reads_and_writes_no_more_on_however_many_products_a_seller_is(
    tmp_path: Path,
) -> None:
    read, written = await cost(tmp_path / "few", BATCH)
    read_of_many, written_of_many = await cost(tmp_path / "many", 20 * BATCH)
    assert read_of_many <= 1.2 * read
    assert written_of_many <= 1.2 * written
    assert written_of_many <= 4000 * BATCH, "with their histories and all messages"


async def test_the_timeline_keeps_every_product_with_its_evidence(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    entries = await team.app.store.find(ENTRIES, "case", case_key(1), limit=ALL)
    assert [entry.place for entry in entries] == list(range(1, MANY + 1))
    assert {entry.asin for entry in entries} == {watch.asin for watch in watched}
    assert all(entry.evidence for entry in entries)


async def test_an_unchanged_check_writes_nothing_of_the_case(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    before = await team.app.store.page(AFFECTED, limit=ALL), await case_in(team)
    edits = team.chat.edits
    team.clock.advance(hours=1)
    await see(team, watched, OURS, theirs())
    assert (await team.app.store.page(AFFECTED, limit=ALL), await case_in(team)) == before
    assert await team.app.store.count(OUTBOX) == 0
    assert team.chat.edits == edits


async def test_a_price_move_on_all_products_is_at_most_one_line_in_ten_minutes(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    team.clock.advance(minutes=20)
    await tick(team)
    before = len(thread(team))
    began = team.clock()
    for price in ("17.90", "17.50", "17.10"):
        await see(team, watched, OURS, theirs(price), seconds=60)
        await tick(team)
    passed = team.clock() - began
    assert len(thread(team)) - before <= 1 + passed / COOLDOWN


async def test_what_makes_a_case_worse_is_told_at_once(team: Team, watched: list[Watch]) -> None:
    await see(team, watched, OURS, offer(THIEF, "30", fba=False))
    before = len(thread(team))
    await see(team, watched[:1], OURS, theirs(), holder=THIEF)
    assert len(thread(team)) == before + 1
    assert team.chat.messages[thread(team)[-1]].ping
    assert "Buy Box" in team.chat.cards["C-1"].title


async def test_the_end_is_told_at_once_and_counts_what_was_held_back(
    team: Team, watched: list[Watch]
) -> None:
    few = watched[: 2 * BATCH]
    assert len(few) > CROWD
    await see(team, few, OURS, theirs())
    for _ in range(2):
        team.clock.advance(minutes=1)
        await see(team, few, OURS)
    assert not (await case_in(team)).going_on
    assert team.chat.cards["C-1"].title.startswith("Over for now")
    [line] = thread(team)
    told = team.chat.cards[line].body
    assert told == f"{3 * BATCH} findings since 23 Nov 10:00. None of these is active now."


async def test_a_clock_that_was_set_back_holds_nothing_back(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    team.clock.step(days=-1)
    await tick(team)
    assert len(thread(team)) == 1


async def test_a_closed_case_tells_no_more_of_what_was_held_back(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    ask = asked(await team.press("close", case_key(1), BEN))
    await team.submit(ask, {"reason": "other", "note": "We know them"}, BEN)
    before = thread(team)
    team.clock.advance(minutes=30)
    await tick(team)
    assert thread(team) == before
    assert not (await case_in(team)).holding


async def test_the_card_shows_a_few_products_and_counts_the_others(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    *shown, last = team.chat.cards["C-1"].body.splitlines()
    assert len(shown) == 6
    assert last == f"and {MANY - 6} more products"
    assert "Seller" in [field.label for field in team.chat.cards["C-1"].fields]
    assert "Price" not in [field.label for field in team.chat.cards["C-1"].fields]
    assert f"{MANY} on amazon.com" in [field.value for field in team.chat.cards["C-1"].fields]


async def test_a_batch_names_a_few_products_in_the_thread(team: Team, watched: list[Watch]) -> None:
    await see(team, watched[:1], OURS, theirs())
    team.clock.advance(minutes=11)
    await see(team, watched[1:BATCH], OURS, theirs())
    [line] = thread(team)
    assert team.chat.cards[line].body.splitlines()[-1] == f"and {BATCH - 2 - 6} more products"


async def test_the_case_counts_right_and_is_called_by_its_worst_product(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    await see(team, watched[70:71], OURS, theirs(), holder=THIEF)
    products = await team.app.store.find(AFFECTED, "case", case_key(1), limit=ALL)
    case = await case_in(team)
    assert case.tally == tally_of(products)
    assert case.lead is not None
    assert (case.lead.kind, case.lead.asin) == ("buy-box", watched[70].asin)
    worst = await worst_of(team.app.store, case.key)
    assert [on.asin for on in worst[:2]] == [watched[70].asin, watched[0].asin]
    assert len(worst) == SHOWN
    assert case.asins == tuple(watch.asin for watch in watched[:ASINS])
    assert await asins_of(team.app.store, case) == tuple(watch.asin for watch in watched)


async def test_what_people_press_and_type_works_on_very_many_products(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    assert f"{MANY} products" in card_text(await team.type("/case 1", BEN))
    assert "One seller on" in card_text(await team.type("/cases", BEN))
    [todo] = await team.type("/todo", BEN)
    assert isinstance(todo, Post)
    first = asked(await team.press("report", case_key(1), BEN))
    assert first.form.title == "File a report"
    await team.type(f"/unwatch {watched[5].asin}")
    assert (await case_in(team)).tally.hit == MANY - 1


async def test_trust_covers_all_products_however_many(team: Team, watched: list[Watch]) -> None:
    await see(team, watched, OURS, theirs())
    await team.authorise_on_case(case_key(1))
    await team.work()
    case = await case_in(team)
    assert not case.open
    assert await active_in(team.app.store, case) == []
    known = await team.app.store.get(SELLERS, THIEF)
    assert known is not None
    assert set(known.authorised) == {watch.asin for watch in watched}
    team.clock.advance(hours=2)
    await see(team, watched, OURS, theirs())
    assert await team.app.store.count(CASES) == 1


async def test_undoing_a_trust_raises_all_products_again(team: Team, watched: list[Watch]) -> None:
    await see(team, watched, OURS, theirs())
    before = await case_in(team)
    went_on = await active_in(team.app.store, before)
    await team.authorise_on_case(case_key(1))
    await team.undo()
    case = await case_in(team)
    assert (case.open, case.tally) == (True, before.tally)
    assert await active_in(team.app.store, case) == went_on
    assert await team.app.store.count(SELLERS) == 0


async def test_a_seller_who_comes_back_to_all_of_them_is_seen_as_back(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    for _ in range(2):
        team.clock.advance(minutes=30)
        await see(team, watched, OURS)
    assert not (await case_in(team)).going_on
    team.clock.advance(minutes=30)
    await see(team, watched, OURS, theirs())
    case = await case_in(team)
    assert (case.tally.hit, case.tally.products) == (MANY, MANY)
    assert timedelta() <= team.clock() - (case.told_at or team.clock()) < COOLDOWN


async def test_a_dossier_tells_of_the_reported_products_first_and_counts_what_it_leaves_out(
    team: Team, watched: list[Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossiers, "SHOWN", 30)
    await see(team, watched, OURS, theirs())
    case = await case_in(team)
    reported = (watched[-1].asin, watched[3].asin)
    report = Report(
        number=1,
        case=case.key,
        recommendation=Recommendation.INFRINGEMENT,
        claim=Claim.COUNTERFEIT,
        marketplace="US",
        asins=reported,
        seller=THIEF,
        grounds=Grounds.SUSPICION,
        drafted_at=team.clock(),
        drafted_by=BEN[0],
    )
    bundle = Bundle(
        case=case.label,
        report=report.label,
        made_at=team.clock(),
        simulated=True,
        statement="",
        items=(),
        custody=(),
        tool="test",
    )
    told = await dossiers.write_dossier(team.app, case, report, bundle, "")
    findings = [each for each in told.moments if each.kind is MomentKind.SEEN]
    assert len(findings) == 30
    assert set(reported) <= {each.about for each in findings}
    assert told.limits[0] == Limit(kind=LimitKind.EARLIER, count=MANY - 30)


async def test_a_form_says_that_it_offers_some_of_the_products(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    case = await case_in(team)
    collect = asked(await team.press("collect", case.key, BEN))
    assert f"The list shows {OPTIONS} of {MANY} products." in collect.form.intro


async def test_a_report_can_be_about_a_product_with_evidence_wherever_it_stands(
    team: Team, watched: list[Watch]
) -> None:
    await see(team, watched, OURS, theirs())
    case, shown = await case_in(team), watched[-1].asin
    async with team.app.store.transaction() as tx:
        view = await case_context(team.app, tx, [case], asins=case.asins)
    offered = offered_products(case, view, [shown])
    assert [asin for asin, _ in offered] == [shown, *case.asins[: OPTIONS - 1]]


@pytest.mark.parametrize("lead", [True, False])
async def test_a_case_whose_products_cannot_be_read_goes_on(team: Team, lead: bool) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    [case] = await team.app.store.page(CASES)
    async with team.app.store.transaction() as tx:
        for each in await team.app.store.page(AFFECTED):
            tx.delete(AFFECTED, each.key)
        if not lead:
            tx.put(CASES, msgspec.structs.replace(case, lead=None))
    await team.type(f"/note {case.number} seen")
    await team.dispatcher.deliver()
    [shown] = await team.type(f"/case {case.number}")
    said = "Unknown seller: " if lead else "Its products could not be read"
    assert said in card_text([shown])
    assert case_title(msgspec.structs.replace(case, lead=None)) == "Its products could not be read"
    await team.press("acknowledge", case.key)
    # Forms and lists name it without a product at hand.
    for words in ("/note", "/cases", "/todo"):
        await team.type(words)
    await team.press("close", case.key)


async def test_what_a_thread_hears_of_many_products_is_in_plain_words(
    team: Team, watched: list[Watch]
) -> None:
    async with team.app.store.transaction() as tx:
        for watch in watched:
            tx.put(WATCHES, msgspec.structs.replace(watch, floor=usd("20")))
    await see(team, watched, OURS, theirs())
    team.clock.advance(minutes=10)
    await tick(team)
    [line] = thread(team)
    shown = team.chat.cards[line].body
    assert f"• Offered by this seller: {MANY} products" in shown
    assert f"• Below your price floor: {MANY} products" in shown
