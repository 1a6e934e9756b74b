"""A day on which Discord takes nothing, through the outbox: few requests, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from adapters.discord.refusals import NO_LOGIN
from bot.core.chat_troubles import Topic
from bot.core.collections import TROUBLES
from tests.platforms.discord.faults import Faults
from tests.platforms.discord.seen import seen
from tests.unit.adapters.discord.team import DiscordTeam

ALL, EVER = "* /channels/*", 9999
MOST = 300
"""Requests of posting, editing, finding and probing in a day."""


def lose_answers(faults: Faults) -> None:
    faults.lose_answer("POST /channels/*", EVER)
    faults.lose_request(ALL, EVER)


OUT: Mapping[str, Callable[[Faults], None]] = {
    "no network": lambda faults: faults.lose_request(ALL, EVER),
    "answers are lost": lose_answers,
    "no login": lambda faults: faults.refuse(ALL, 401, times=EVER),
    "blocked": lambda faults: faults.block(ALL, 403, EVER),
    "banned for a while": lambda faults: faults.block(
        ALL, times=EVER, headers={"Retry-After": "600"}
    ),
    "a limit on all": lambda faults: faults.rate_limit(ALL, 60, EVER, everywhere=True),
    "bad gateway": lambda faults: faults.fail(ALL, 502, EVER),
}


@pytest.mark.ci
@pytest.mark.parametrize("why", OUT)
async def test_a_day_without_discord_costs_few_requests(at_work: DiscordTeam, why: str) -> None:
    alert, ana = await at_work.alert(), at_work.person()
    OUT[why](at_work.fake.faults)
    await ana.press(alert, "Acknowledge")
    for words in ("first", "second"):
        await ana.command("note", {"case": "1", "words": words}, at_work.channel)
    spent = await minutes_pass(at_work, 24 * 60)
    print(f"{why}: {spent} requests in a day")
    assert 20 <= spent <= MOST
    store, key = at_work.team.app.store, f"discord {Topic.DELIVERY}"
    trouble = await store.get(TROUBLES, key)
    assert trouble is not None
    assert (trouble.cause == NO_LOGIN) is (why == "no login")
    at_work.fake.faults.clear()
    await minutes_pass(at_work, 60)
    assert await store.get(TROUBLES, key) is None
    thread = at_work.fake.thread_of(alert)
    assert thread is not None
    told = "\n".join(line for each in thread.messages for line in seen(each).lines)
    assert [told.count(words) for words in ("first", "second")] == [1, 1]


async def minutes_pass(at_work: DiscordTeam, minutes: int) -> int:
    """Let the outbox do its work each minute; return how many requests it made."""
    before = len(asked(at_work))
    for _ in range(minutes):
        at_work.team.clock.advance(minutes=1)
        await at_work.dispatcher.deliver()
    return len(asked(at_work)) - before


def asked(at_work: DiscordTeam) -> list[str]:
    return [each.path for each in at_work.fake.requests if "/channels/" in each.path]
