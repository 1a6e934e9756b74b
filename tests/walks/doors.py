"""The walks: how each begins, and when it is over.

All of them run behind the real slack_bolt over real sockets, and write to the real store. What they
name of the product is imported here and nowhere else, so that it is adapted in one place.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from unittest.mock import patch

import msgspec

from bot.core.gateway import ChatGateway
from bot.core.idempotency import Response
from bot.core.intake import Intake
from bot.core.interactions import AnyInteraction, Reply, Submission
from bot.core.listing import Snapshot, Watch
from bot.core.monitoring import Reading
from bot.core.request import RequestContext
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.service.first_look import first_look
from bot.features.watchlist.service.watching import WatchAdded
from tests.fakes import FakeSource
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import ALERTS, OURS, THEIRS, SlackTeam, working
from tests.unit.conftest import ASIN, SECOND, opened_team
from tests.walks.tracing import Trace

NEW = "B0PRODUCT1"

Walk = Callable[[SlackTeam, Trace], Awaitable[None]]


@asynccontextmanager
async def at_work(folder: Path) -> AsyncIterator[SlackTeam]:
    """Open a team that works in Slack."""
    async with (
        opened_team(folder) as team,
        FakeSlack() as fake,
        working(team, fake) as at_work,
    ):
        # What only the first of all commands does, until alerts have their channel, is no part of
        # a walk.
        await at_work.ana.command("/watches", "", ALERTS)
        await at_work.told()
        await at_work.sends()
        yield at_work


async def watch(at_work: SlackTeam, trace: Trace) -> None:
    """From `/watch ASIN`, typed in Slack, to the stored watch, when the first look begins."""
    trace.recording = True
    await _watched(at_work, lambda: setattr(trace, "recording", False))


async def look(at_work: SlackTeam, trace: Trace) -> None:
    """From a stored watch to the answer in Slack, which shows what is seen of the product."""
    await _watched(at_work, lambda: setattr(trace, "recording", True))
    trace.recording = False


async def _watched(at_work: SlackTeam, begins: Callable[[], None]) -> None:
    """Type `/watch` and read the answer; tell when the first look begins."""
    team = at_work.team
    at = team.clock.now
    team.source.put(Snapshot(asin=NEW, marketplace="US", at=at, offers=(OURS,), total=1))
    with _look_begins(begins):
        assert (await at_work.ana.command("/watch", NEW, ALERTS)).acked
        answer = await at_work.told(2)
    assert await team.app.store.get(WATCHES, f"US-{NEW}")
    assert f"Watching {NEW}" in seen(answer).text
    assert "USD 24.99 · FBA" in seen(answer).text


@contextmanager
def _look_begins(begins: Callable[[], None]) -> Iterator[None]:
    """Tell when the first look at a new product begins: from there on its answer is promised."""

    async def looking(ctx: RequestContext, added: WatchAdded) -> Sequence[Reply]:
        begins()
        return await first_look(ctx, added)

    with patch("bot.features.watchlist.flows.watch.first_look", looking):
        yield


async def alert(at_work: SlackTeam, trace: Trace) -> None:
    """From a decoded snapshot, which the source returns, to the card of a new case in Slack."""
    team = at_work.team
    for asin in (ASIN, SECOND):
        await team.look(OURS, asin=asin)
    await at_work.sends()
    before = len(at_work.channel.messages)
    team.clock.advance(minutes=11)
    for known in list(team.source.results.values()):
        assert isinstance(known, Snapshot)
        offers = (OURS, THEIRS) if known.asin == ASIN else known.offers
        team.source.put(
            msgspec.structs.replace(known, at=team.clock.now, offers=offers, total=len(offers))
        )
    result = FakeSource._reading

    def recorded(source: FakeSource, watch: Watch) -> Reading:
        trace.recording = True
        return result(source, watch)

    with patch.object(FakeSource, "_reading", recorded):
        await team.poll()
    await at_work.sends()
    trace.recording = False
    [card] = at_work.channel.messages[before:]
    assert "C-1" in seen(card).text


async def press(at_work: SlackTeam, trace: Trace) -> None:
    """From a press on Snooze on a case's card in Slack to the snoozed case, its card and thread."""
    card = await at_work.alert()
    trace.recording = True
    await at_work.ana.press(card, "Snooze")
    await at_work.fake.until(lambda: at_work.ana.modal)
    await at_work.ana.fill_in({"For how long?": "4 hours"})
    await at_work.ana.submit()
    await at_work.sends()
    trace.recording = False
    [case] = await at_work.team.app.store.page(CASES)
    assert case.snoozed_until is not None


async def _answers(at_work: SlackTeam, trace: Trace, *, last: bool) -> None:
    handle = ChatGateway.handle

    async def recorded(front: ChatGateway, asked: AnyInteraction, *, files: Intake) -> Response:
        return await asyncio.create_task(answered(front, asked, files))

    async def answered(front: ChatGateway, asked: AnyInteraction, files: Intake) -> Response:
        # As a task of its own: what waits for it is no part of the walk.
        trace.recording = isinstance(asked, Submission) and last == ("market" in asked.answers)
        try:
            return await handle(front, asked, files=files)
        finally:
            trace.recording = False

    ana = at_work.ana
    ends = _look_begins(lambda: setattr(trace, "recording", False))
    with patch.object(ChatGateway, "handle", recorded), ends:
        await ana.command("/watch", "", ALERTS)
        await at_work.fake.until(lambda: ana.modal)
        await ana.fill_in({"ASIN, or a link to the product's page": NEW})
        await ana.submit()
        await ana.fill_in({"Price floor": "15"})
        await ana.submit()
    assert await at_work.team.app.store.get(WATCHES, f"US-{NEW}")


async def step(at_work: SlackTeam, trace: Trace) -> None:
    """From a decoded answer to a flow's first step to the form of the next one."""
    await _answers(at_work, trace, last=False)


async def finish(at_work: SlackTeam, trace: Trace) -> None:
    """From a decoded answer to a flow's last step to what the flow was for: a stored watch."""
    await _answers(at_work, trace, last=True)


WALKS: Mapping[str, Walk] = {
    "watch": watch,
    "look": look,
    "alert": alert,
    "press": press,
    "step": step,
    "finish": finish,
}
