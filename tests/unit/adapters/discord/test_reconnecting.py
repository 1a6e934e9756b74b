"""Sessions with Discord: few, however it refuses them, and never its last."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import AsyncMock, patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import reconnecting
from adapters.discord.reconnecting import FATAL, Sessions
from adapters.discord.troubles import Trouble
from bot.core import chat_troubles
from bot.core.cards import Card
from bot.core.chat import Outgoing
from bot.core.chat_troubles import Topic
from bot.core.collections import TROUBLES
from tests.unit.adapters.discord.team import DiscordTeam

DAY = 86_400
CARD = Card(title="Still here")


async def trouble(at_work: DiscordTeam) -> chat_troubles.Trouble | None:
    return await at_work.team.app.store.get(TROUBLES, f"discord {Topic.CONNECTION}")


async def until_trouble(at_work: DiscordTeam, words: str) -> chat_troubles.Trouble:
    """Return the trouble with the connection as soon as it says this."""
    found: list[chat_troubles.Trouble] = []

    async def told() -> bool:
        found[:] = [each for each in [await trouble(at_work)] if each and words in each.cause]
        return bool(found)

    await until(told)
    return found[0]


async def until_well(at_work: DiscordTeam) -> None:
    async def well() -> bool:
        return await trouble(at_work) is None

    await until(well)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110 (the store tells nobody of a change)
            await asyncio.sleep(0.01)


@pytest.mark.ci
@pytest.mark.parametrize("refusal", ["op 7", "op 9", 4000, 4008, 4009])
async def test_what_is_refused_at_once_is_begun_ever_more_slowly_and_logged(
    at_work: DiscordTeam, refusal: int | str, capsys: pytest.CaptureFixture[str]
) -> None:
    gateway, pauses = at_work.fake.gateway, list[float]()
    pause = Sessions.pause

    def noted(self: Sessions) -> float:
        pauses.append(pause(self))
        return pauses[-1]

    gateway.refusal = refusal
    with patch.object(Sessions, "pause", noted):
        await at_work.fake.faults.invalidate(resumable=False)
        await at_work.fake.until(lambda: len(pauses) == 5)
    assert [late / early for early, late in itertools.pairwise(pauses)] == [2.0] * 4
    # The first pause is behind the session that stood; each other one is behind one beginning.
    assert gateway.identified == 1 + 4
    cause = str(refusal).replace("op ", "opcode ")
    assert f"{cause})" in capsys.readouterr().out
    gateway.refusal = None
    await at_work.fake.until(lambda: at_work.fake.connected)
    assert (await at_work.person().command("help", channel=at_work.channel)).answered
    await until_well(at_work)


@pytest.mark.ci
@pytest.mark.parametrize("code", FATAL)
async def test_what_is_refused_for_good_is_told_once_and_alerts_go_on(
    at_work: DiscordTeam, code: int
) -> None:
    gateway, chat = at_work.fake.gateway, at_work.discord.chat
    gateway.refusal = code
    await at_work.fake.faults.invalidate(resumable=False)
    cause, remedy = FATAL[code]
    found = await until_trouble(at_work, cause)
    assert found.remedy == remedy
    assert found.message
    await at_work.fake.until(lambda: chat.client and not chat.client.is_closed())
    await chat.post(Outgoing(key="k", channel=str(at_work.channel.id), card=CARD))
    assert len(at_work.channel.messages) == 1
    assert gateway.identified == 2


@pytest.mark.ci
async def test_the_last_sessions_of_a_day_are_not_begun(at_work: DiscordTeam) -> None:
    fake, gateway = at_work.fake, at_work.fake.gateway
    fake.leave_sessions(3, reset_after=0.1)
    await fake.faults.invalidate(resumable=False)
    found = await until_trouble(at_work, "left for today: 3 of 1000")
    assert "Stop other programs" in found.remedy
    assert gateway.identified == 1
    fake.leave_sessions(1000, reset_after=0.1)
    await fake.until(lambda: gateway.identified == 2)
    await until_well(at_work)


async def test_a_session_that_was_told_nothing_of_its_limit_begins(at_work: DiscordTeam) -> None:
    fake = at_work.fake
    fake.faults.fail("GET /gateway/bot", 502)
    await fake.faults.invalidate(resumable=False)
    await fake.until(lambda: fake.gateway.identified == 2)
    assert fake.injected["502"] == 1


async def test_a_connection_that_is_lost_is_told_and_that_it_stands_again(
    at_work: DiscordTeam,
) -> None:
    fake = at_work.fake
    with patch.object(reconnecting, "SHORTEST", 0.01):
        fake.faults.cut_gateway()
        await fake.until(lambda: fake.gateway.resumed == 1)
    await until_well(at_work)
    assert fake.gateway.identified == 1


@pytest.mark.ci
@settings(deadline=None, max_examples=30)
@given(lives=st.lists(st.floats(0, 3 * reconnecting.SLOWEST), min_size=1, max_size=5))
async def test_however_long_they_live_they_are_few_in_a_day(lives: list[float]) -> None:
    now, begun = 1e6, 0
    client = cast("Any", SimpleNamespace(http=AsyncMock(**{"request.side_effect": OSError})))
    kept = Sessions(cast("Trouble", None), lambda: now)
    with patch.object(reconnecting, "APART", 0.0):
        while now < 1e6 + DAY:
            await kept.permit(client)
            kept.identify()
            now += lives[begun % len(lives)]
            begun += 1
            now += kept.pause()
    assert begun <= 400
