"""A message for one person: in private where the chat has that, and else in the thread."""

from __future__ import annotations

import pytest

from bot.core.cards import Card
from bot.core.chat import Outgoing
from bot.core.permissions import Role
from bot.errors import ChatError, Refusal
from tests.contracts.chat.rig import Rig


async def test_one_person_reads_it_and_the_channel_does_not(rig: Rig) -> None:
    head = await rig.alert()
    if not rig.strangers:
        with pytest.raises(ChatError) as caught:
            await rig.chat.post(
                Outgoing(key="r", channel="ben", private=True, card=Card(title="For Ben"))
            )
        assert caught.value.refusal is Refusal.PRIVATE
        return
    person = rig.answer_of(Role.MEMBER)
    message = Outgoing(
        key="r", channel=person, private=True, card=Card(title="For Ben"), beside=head
    )
    ref = await rig.chat.post(message)
    assert ref.channel not in (rig.channel, head.id)
    assert not [each for each in await rig.messages() if "For Ben" in each.text]
    assert (await rig.chat.find([message])).get("r") == ref
