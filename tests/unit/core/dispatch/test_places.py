"""Where a chat's messages are, and whether those in doubt are there."""

from __future__ import annotations

import msgspec

from bot.core.cards import Card
from bot.core.collections import OUTBOX
from bot.core.dispatch.places import Places, recognise
from tests.unit.conftest import Team


async def write(team: Team, *names: str, thread: str = "") -> None:
    async with team.app.store.transaction() as tx:
        for name in names:
            team.app.outbox.post(tx, name, Card(title=name), thread=thread)


async def test_what_is_in_doubt_is_looked_for_in_every_thread_that_it_may_be_in(
    team: Team,
) -> None:
    await write(team, "C-1", "C-2")
    await team.dispatcher.deliver()
    await write(team, "C-1/1", "C-1/2", thread="C-1")
    await write(team, "C-2/1", thread="C-2")
    rows = [msgspec.structs.replace(row, doubted=True) for row in await team.app.store.page(OUTBOX)]
    there, _, other = rows
    team.chat.messages[there.key] = team.chat.messages["C-1"]
    team.chat.messages[other.key] = team.chat.messages["C-2"]
    known = await recognise(team.chat, Places("web", team.app.store), rows)
    assert {row.message: known[row.key] is not None for row in rows} == {
        "C-1/1": True,
        "C-1/2": False,
        "C-2/1": True,
    }
    several = await recognise(team.chat, Places("web", team.app.store), rows, least=2)
    assert set(several) == {row.key for row in rows[:2]}
    certain = [msgspec.structs.replace(row, doubted=False) for row in rows]
    assert await recognise(team.chat, Places("web", team.app.store), certain) == {}
