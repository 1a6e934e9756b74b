"""A message that leads to threads, in each chat's own way."""

from __future__ import annotations

from bot.core.cards import Card
from bot.core.chat import Outgoing, ThreadLink
from tests.contracts.chat.rig import Rig


async def test_a_message_leads_to_the_threads_that_it_tells_of(rig: Rig) -> None:
    head = await rig.alert()
    links = (ThreadLink("C-1", head),)
    card = Card(title="1 open case")
    await rig.chat.post(Outgoing(key="digest", channel=rig.channel, card=card, threads=links))
    [shown] = [each for each in await rig.messages() if "1 open case" in each.text]
    assert "Threads:" in shown.text
    assert "C-1" in shown.text
