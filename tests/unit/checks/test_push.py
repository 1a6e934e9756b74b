"""Notifications: each leads to one look, is removed once that is recorded, and proves nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.listing import Watch, WatchStatus
from bot.core.notifications import PushSubject
from bot.core.push import QueuedMessage
from bot.errors import StoreError, Unavailable
from bot.features.watchlist.collections import (
    ACCOUNT_RECORDS,
    HEARD_NOTIFICATIONS,
    PUSH_STATES,
    STATUSES,
    UNREADABLE_MESSAGES,
    WATCHES,
)
from bot.features.watchlist.models.account_records import AccountRecord
from bot.features.watchlist.models.push import SLOTS, THIS, UNREADABLE, PushState
from checks.monitor import ListingMonitor
from checks.push import FIRST_PAUSE, PushListener
from tests.unit.conftest import ASIN, OWN, SECOND, THIEF, Team, offer

KEY = f"US-{ASIN}"
US = "ATVPDKIKX0DER"


@dataclass
class FakeQueue:
    """Holds messages until they are removed."""

    messages: list[QueuedMessage] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    broken: str = ""
    sticky: bool = False
    """Nothing can be removed."""

    def send(self, *texts: str) -> None:
        start = len(self.messages) + len(self.removed)
        self.messages += [QueuedMessage(str(start + at), text) for at, text in enumerate(texts)]

    async def receive(self) -> Sequence[QueuedMessage]:
        if self.broken:
            raise Unavailable(self.broken)
        return self.messages[:10]

    async def probe(self) -> None:
        await self.receive()

    async def remove(self, messages: Sequence[QueuedMessage]) -> None:
        if self.sticky:
            raise Unavailable("Could not remove messages.")
        gone = {message.receipt for message in messages}
        self.messages = [each for each in self.messages if each.receipt not in gone]
        self.removed += sorted(gone)


@dataclass
class Looks:
    """Remembers what was to be looked at, and knows what the monitor knows of offers."""

    monitor: ListingMonitor
    wanted: list[tuple[str, PushSubject]] = field(default_factory=list)
    pages: dict[str, datetime] = field(default_factory=dict)
    """When a page was looked at."""

    def look_soon(self, key: str, subject: PushSubject) -> None:
        self.wanted.append((key, subject))

    async def seen_at(self, key: str, subject: PushSubject) -> datetime | None:
        if subject is PushSubject.PAGE:
            return self.pages.get(key)
        return await self.monitor.seen_at(key, subject)


@pytest.fixture
def queue() -> FakeQueue:
    return FakeQueue()


@pytest.fixture
def looks(team: Team) -> Looks:
    return Looks(team.monitor)


@pytest.fixture
async def listener(team: Team, queue: FakeQueue, looks: Looks) -> PushListener:
    listener = PushListener(team.app, queue, looks)
    await listener.load()
    return listener


def changed(id: str, at: datetime, kind: str = "ANY_OFFER_CHANGED", **more: Any) -> str:
    payload = {"MarketplaceId": US, "ASIN": ASIN, **more}
    return json.dumps(
        {
            "NotificationType": kind,
            "EventTime": at.isoformat(),
            "NotificationMetadata": {"NotificationId": id},
            "Payload": payload,
        }
    )


async def again(team: Team, queue: FakeQueue, looks: Looks) -> PushListener:
    """Start the program once more."""
    listener = PushListener(team.app, queue, looks)
    await listener.load()
    return listener


async def state(team: Team) -> PushState | None:
    return await team.app.store.get(PUSH_STATES, THIS)


async def test_it_has_the_product_looked_at_and_is_removed(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    queue.send(changed("n-1", team.clock.now))
    await listener.tick()
    assert looks.wanted == [(KEY, PushSubject.OFFERS)]
    assert queue.messages == []
    told = await state(team)
    assert told is not None
    assert told.heard_at == team.clock.now


async def test_a_second_delivery_leads_to_nothing_also_after_a_restart(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    text = changed("n-1", team.clock.now)
    queue.send(text, text)
    await listener.tick()
    queue.send(text)
    await listener.tick()
    await team.look(offer(OWN, "30"))
    team.clock.advance(minutes=2)
    queue.send(text)
    await (await again(team, queue, looks)).tick()
    assert looks.wanted == [(KEY, PushSubject.OFFERS)]
    assert queue.messages == []


async def test_it_stays_in_the_queue_until_the_look_is_recorded(
    team: Team, queue: FakeQueue, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = await again(team, queue, looks)
    queue.send(changed("n-1", team.clock.now))
    with monkeypatch.context() as patch:

        async def refuses(*_: object) -> None:
            raise StoreError

        patch.setattr("checks.push.run_in_transaction", refuses)
        with pytest.raises(StoreError):
            await listener.tick()
    assert len(queue.messages) == 1
    assert looks.wanted == []
    await listener.tick()
    assert looks.wanted == [(KEY, PushSubject.OFFERS)]


async def test_what_was_recorded_and_not_looked_at_is_looked_at_after_a_restart(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    queue.send(changed("n-1", team.clock.now))
    await listener.tick()
    later = Looks(team.monitor)
    await again(team, queue, later)
    assert later.wanted == [(KEY, PushSubject.OFFERS)]
    await team.look(offer(OWN, "30"))
    later = Looks(team.monitor)
    await again(team, queue, later)
    assert later.wanted == []


async def test_one_that_a_look_has_overtaken_leads_to_nothing(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    happened = team.clock.now
    team.clock.advance(minutes=5)
    await team.look(offer(OWN, "30"))
    team.clock.advance(minutes=5)
    queue.send(changed("n-1", happened), changed("n-2", team.clock.now))
    await listener.tick()
    assert looks.wanted == [(KEY, PushSubject.OFFERS)]
    [heard] = await team.app.store.page(HEARD_NOTIFICATIONS)
    assert heard.id == "n-2"
    assert queue.messages == []


async def test_a_late_one_leads_to_a_look_where_nobody_looked_since(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    await team.look(offer(OWN, "30"))
    team.clock.advance(minutes=5)
    happened = team.clock.now
    team.clock.advance(minutes=10)
    queue.send(changed("n-1", happened))
    await listener.tick()
    assert looks.wanted == [(KEY, PushSubject.OFFERS)]


async def test_a_page_that_was_read_since_is_not_read_because_of_late_news(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    happened = team.clock.now
    team.clock.advance(minutes=10)
    looks.pages[KEY] = team.clock.now
    kind = "BRANDED_ITEM_CONTENT_CHANGE"
    queue.send(changed("n-1", happened, kind), changed("n-2", team.clock.now, kind))
    await listener.tick()
    assert looks.wanted == [(KEY, PushSubject.PAGE)]


async def test_products_that_are_not_watched_are_passed_over(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    now = team.clock.now
    queue.send(
        changed("n-1", now, ASIN="B0NOTOURS1"),
        changed("n-2", now, MarketplaceId="A1PA6795UKMFR9"),
        changed("n-3", now, MarketplaceId="A0NOWHERE"),
        changed("n-4", now, "ORDER_CHANGE"),
    )
    await listener.tick()
    assert looks.wanted == []
    assert queue.messages == []
    assert await team.app.store.count(HEARD_NOTIFICATIONS) == 0


async def test_news_of_listings_find_the_product_by_its_sku(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    async with team.app.store.transaction() as tx:
        added = Watch(asin=SECOND, marketplace="US", sku="AF 1+2/3", added_at=team.clock.now)
        tx.put(WATCHES, added)
    kind = "LISTINGS_ITEM_STATUS_CHANGE"
    queue.send(changed("n-1", team.clock.now, kind, ASIN="", Sku="AF 1+2/3"))
    await listener.tick()
    assert looks.wanted == [(f"US-{SECOND}", PushSubject.LISTING)]


@pytest.mark.parametrize(("id", "code"), [(US, "US"), ("", "")])
async def test_news_of_the_account_lead_to_the_account(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener, id: str, code: str
) -> None:
    now = team.clock.now
    queue.send(changed("n-1", now, "ACCOUNT_STATUS_CHANGED", MarketplaceId=id))
    await listener.tick()
    assert looks.wanted == [(code, PushSubject.ACCOUNT)]
    later = Looks(team.monitor)
    await again(team, queue, later)
    assert later.wanted == [(code, PushSubject.ACCOUNT)], "perhaps nobody looked before the stop"
    team.clock.advance(hours=1)
    later = Looks(team.monitor)
    await again(team, queue, later)
    assert later.wanted == [(code, PushSubject.ACCOUNT)], "nobody read the account since"
    async with team.app.store.transaction() as tx:
        read_at = team.clock.now
        tx.put(WATCHES, Watch(asin=SECOND, marketplace="US", sku="AF-2", added_at=read_at))
        tx.put(ACCOUNT_RECORDS, AccountRecord(marketplace="US", tried_at=read_at, read_at=read_at))
    later = Looks(team.monitor)
    await again(team, queue, later)
    assert later.wanted == []


async def test_poison_is_counted_kept_and_removed_and_holds_nothing_back(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    queue.send("{", changed("n-1", team.clock.now), '"\ud800"', "[]", "[" * 100_000)
    await listener.tick()
    assert looks.wanted == [(KEY, PushSubject.OFFERS)]
    assert queue.messages == []
    kept = await team.app.store.page(UNREADABLE_MESSAGES)
    assert [each.why for each in kept] == [
        "The message is not JSON.",
        "The message is not JSON.",
        "The message is not a JSON object.",
        "The message is not JSON.",
    ]
    told = await state(team)
    assert told is not None
    assert told.unreadable == 4


async def test_the_same_poison_is_counted_once_also_after_a_restart(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    queue.sticky = True
    queue.send("{")
    await listener.tick()
    team.clock.advance(minutes=1)
    restarted = await again(team, queue, looks)
    queue.sticky = False
    await restarted.tick()
    told = await state(team)
    assert told is not None
    assert told.unreadable == 1
    assert queue.messages == []


async def test_what_is_kept_is_bounded(
    team: Team, queue: FakeQueue, listener: PushListener
) -> None:
    queue.send(*("{" * (number + 1) for number in range(3 * UNREADABLE)))
    now = team.clock.now
    queue.send(*(changed(f"n-{number}", now) for number in range(SLOTS + 50)))
    for _ in range(10):
        await listener.tick()
    assert queue.messages == []
    assert await team.app.store.count(UNREADABLE_MESSAGES) == UNREADABLE
    assert await team.app.store.count(HEARD_NOTIFICATIONS) == SLOTS
    told = await state(team)
    assert told is not None
    assert told.unreadable == 3 * UNREADABLE


async def test_a_queue_that_cannot_be_read_is_told_and_tried_again_ever_more_seldom(
    team: Team, queue: FakeQueue, looks: Looks, listener: PushListener
) -> None:
    queue.broken = "AWS refused the login."
    since = team.clock.now
    await listener.tick()
    told = await state(team)
    assert told is not None
    assert (told.failing_since, told.why) == (since, "AWS refused the login.")
    queue.broken = ""
    queue.send(changed("n-1", team.clock.now))
    await listener.tick()
    assert looks.wanted == []
    team.clock.advance(seconds=FIRST_PAUSE)
    await listener.tick()
    assert looks.wanted == [(KEY, PushSubject.OFFERS)]
    told = await state(team)
    assert told is not None
    assert (told.failing_since, told.why) == (None, "")


async def test_an_outage_writes_once(team: Team, queue: FakeQueue, listener: PushListener) -> None:
    queue.broken = "No answer."
    since = team.clock.now
    await listener.tick()
    for _ in range(20):
        team.clock.advance(minutes=10)
        await listener.tick()
    told = await state(team)
    assert told is not None
    assert told.failing_since == since


async def test_the_monitor_looks_at_once_at_what_it_is_told_of(team: Team) -> None:
    await team.look(offer(OWN, "30"))
    await team.poll()
    team.clock.advance(seconds=5)
    before = (await team.app.store.get(STATUSES, KEY)) or WatchStatus(key=KEY)
    await team.poll()
    assert (await team.app.store.get(STATUSES, KEY)) == before
    team.source.put(_with_thief(team))
    team.monitor.look_soon(KEY)
    await team.poll()
    await team.dispatcher.deliver()
    assert any("Unknown seller" in card.title for card in team.chat.cards.values())


def _with_thief(team: Team) -> Any:
    from bot.core.listing import Snapshot

    return Snapshot(
        asin=ASIN,
        marketplace="US",
        at=team.clock.now + timedelta(seconds=5),
        offers=(offer(OWN, "30"), offer(THIEF, "20")),
        total=2,
        holders=(OWN,),
        digest="cd" * 32,
    )


async def test_the_monitor_is_told_of_what_nobody_looks_at(team: Team) -> None:
    for subject in PushSubject:
        team.monitor.look_soon("US-B0NOTOURS1", subject)
    await team.poll()


async def test_a_stop_waits_for_no_message(team: Team, looks: Looks) -> None:
    class Silent(FakeQueue):
        async def receive(self) -> Sequence[QueuedMessage]:
            waits.set()
            await asyncio.Event().wait()
            raise AssertionError

    waits = asyncio.Event()
    listener = await again(team, Silent(), looks)
    ticking = asyncio.create_task(listener.tick())
    await waits.wait()
    listener.close()
    await ticking
    await listener.tick()
    assert await state(team) is None
