"""After a restore names begin again: new messages are new, and rows of before are recognised."""

from __future__ import annotations

from bot.core.cards import Card
from bot.core.collections import OUTBOX
from bot.core.outbox import Outbox
from bot.errors import ChatError
from tests.unit.conftest import Team


async def write(team: Team, title: str, epoch: str) -> None:
    outbox = Outbox(team.clock, ("web",), simulated=True, epoch=epoch)
    async with team.app.store.transaction() as tx:
        outbox.post(tx, "C-1", Card(title=title))


async def test_a_new_alert_is_not_taken_for_the_one_that_the_backup_forgot(team: Team) -> None:
    await write(team, "Before", "aaaa")
    await team.dispatcher.deliver()
    # The backup knows nothing of it, and the first try of the new one fails.
    team.chat.refuse["bbbb.C-1"] = ChatError("timed out")
    await write(team, "After", "bbbb")
    await team.dispatcher.deliver()
    team.chat.refuse.clear()
    team.clock.advance(minutes=6)
    await team.dispatcher.deliver()
    assert [team.chat.cards[key].title for key in team.chat.order] == ["Before", "After"]


async def test_a_row_of_before_the_restore_is_recognised_under_its_own_name(team: Team) -> None:
    team.chat.lose_answer_of.add("aaaa.C-1")
    await write(team, "Before", "aaaa")
    await team.dispatcher.deliver()
    assert await team.app.store.count(OUTBOX) == 1
    team.clock.advance(minutes=6)
    await write(team, "After", "bbbb")
    await team.dispatcher.deliver()
    assert team.chat.order == ["aaaa.C-1", "bbbb.C-1"]
    assert await team.app.store.count(OUTBOX) == 0
