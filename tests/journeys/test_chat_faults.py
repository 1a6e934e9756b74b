"""Much goes wrong at once while alerts go out: nothing is lost, nothing doubled, all in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from bot.app.collections import OUTBOX, ROOMS
from bot.app.sender import Sender
from bot.domain.rooms import Room
from bot.ui.cards import Card
from tests.adapters.discord.conftest import fake
from tests.adapters.discord.team import DiscordTeam, working
from tests.adapters.slack.team import ALERTS
from tests.adapters.slack.team import working as working_in_slack
from tests.bot.app.conftest import Team
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message as SlackMessage

__all__ = ["fake"]

HEADS, REPLIES = 10, 3
"""Threads, and messages in each besides the first."""


async def _write(team: Team, name: str, room: str) -> list[str]:
    """Put alerts and their threads into the outbox; return the names in their order."""
    names: list[str] = []
    async with team.desk.store.transaction() as tx:
        known = await tx.get(ROOMS, name)
        assert known is not None
        tx.put(ROOMS, Room(chat=name, workspace=known.workspace, channel=room))
        for head in range(HEADS):
            names += [f"H-{head}", *(f"H-{head}/{reply}" for reply in range(REPLIES))]
            team.desk.outbox.post(tx, f"H-{head}", Card(title=f"H-{head}"), only=name)
            for reply in range(REPLIES):
                card = Card(title=f"H-{head}/{reply}")
                team.desk.outbox.post(tx, f"H-{head}/{reply}", card, thread=f"H-{head}", only=name)
    return names


async def _deliver(
    team: Team, sender: Sender, between: Callable[[int], Awaitable[None]], rounds: int = 60
) -> None:
    for number in range(rounds):
        await between(number)
        await sender.deliver()
        team.clock.advance(minutes=6)
        if not await team.desk.store.count(OUTBOX, "chat", sender.name):
            return


def _assert_all_once_in_order(told: list[str], names: list[str]) -> None:
    """Each thread is whole and in order; one that has to wait holds back no other."""
    assert Counter(told) == Counter(names)
    for head in range(HEADS):
        thread = [name for name in told if name.split("/")[0] == f"H-{head}"]
        assert thread == [f"H-{head}", *(f"H-{head}/{reply}" for reply in range(REPLIES))]


def _title(text: str) -> str:
    return text.rsplit(" ", 1)[-1].replace("*", "").replace("\\", "")


async def test_slack(team: Team) -> None:
    async with FakeSlack() as fake, working_in_slack(team, fake) as at_work:
        names = await _write(team, "slack", ALERTS)
        post, faults = "chat.postMessage", fake.faults
        faults.abort_after(post)
        faults.rate_limit(post, 3)
        faults.abort_before(post)
        faults.status(post, 500)
        faults.status(post, 503, acts=True)
        faults.abort_after(post, 3)
        faults.abort_before("conversations.history")
        faults.status("conversations.replies", 502)

        async def between(number: int) -> None:
            if number == 2:
                await fake.disconnect()
            if number == 4:
                fake.abort_sockets()

        await _deliver(team, at_work.sender, between)
        channel = fake.channel(ALERTS)
        shown = [(m.ts, _title(m.text)) for m in channel.messages]
        told = [name for ts, head in shown for name in (head, *_thread(channel.thread(ts)))]
        print(f"Slack: injected {dict(fake.injected)}; {len(told)} of {len(names)} messages")
        _assert_all_once_in_order(told, names)
        assert sum(fake.injected.values()) >= 10
        assert (await at_work.ana.command("/brand", "help", ALERTS)).acked
        assert fake.violations == []


def _thread(messages: Sequence[SlackMessage]) -> list[str]:
    return [_title(message.text) for message in messages]


async def test_discord(team: Team, fake: FakeDiscord) -> None:
    async with working(team, fake) as at_work:
        names = await _write(team, "discord", str(at_work.channel.id))
        post, faults = "POST /channels/*/messages", fake.faults
        faults.lose_answer(post, 2)
        faults.fail(post, 502)
        faults.lose_request(post)
        faults.fail(post, 503)
        faults.rate_limit(post, 0.05)
        faults.lose_answer("POST /channels/*/threads")
        faults.lose_request("GET /channels/*/messages")

        async def between(number: int) -> None:
            await _trouble(at_work, number)

        await _deliver(team, at_work.sender, between)
        told = [
            name
            for message in at_work.channel.messages
            for name in (_title(message.content), *_replies(at_work, message))
        ]
        print(f"Discord: injected {dict(fake.injected)}; {len(told)} of {len(names)} messages")
        _assert_all_once_in_order(told, names)
        assert sum(fake.injected.values()) >= 10
        await fake.until(lambda: fake.connected, 20)
        assert (await at_work.person().command("help", channel=at_work.channel)).answered


def _replies(at_work: DiscordTeam, message: DiscordMessage) -> list[str]:
    thread = at_work.fake.thread_of(message)
    return [_title(each.content) for each in thread.messages] if thread else []


async def _trouble(at_work: DiscordTeam, number: int) -> None:
    faults = at_work.fake.faults
    if number > 3 or not at_work.fake.connected:
        return
    match number:
        case 0:
            await faults.reconnect()
        case 1:
            await faults.malformed_interaction()
        case 2:
            await faults.invalidate(resumable=False)
        case _:
            faults.cut_gateway()
