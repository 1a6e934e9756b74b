"""What waits for a chat, and what never arrived."""

from __future__ import annotations

from bot.core.chat_troubles import Undelivered
from bot.core.collections import UNDELIVERED
from bot.core.waiting_messages import read_messages
from tests.unit.conftest import Team


async def test_what_was_not_delivered_is_told_newest_first(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        for number in range(3):
            sequence = f"{number:08d}"
            at = team.clock.now
            why = "refused"
            gone = Undelivered(chat="web", sequence=sequence, at=at, title=sequence, why=why)
            tx.put(UNDELIVERED, gone)
    told = await read_messages(team.app)
    assert [each.title for each in told.undelivered] == ["00000002", "00000001", "00000000"]
