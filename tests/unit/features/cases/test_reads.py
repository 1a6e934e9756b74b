"""What decides about a step of a case is read in its transaction: a change in between counts."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.collections import POSTED, PostedMessage
from bot.core.store import Transaction
from bot.errors import Conflict
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import case_key
from bot.features.cases.rules import transitions
from bot.features.cases.service.keeping import record
from tests.unit.conftest import ANA, OWN, THIEF, Team, offer

ONE = case_key(1)


@pytest.fixture(autouse=True)
async def alerted(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))


async def note(team: Team, tx: Transaction) -> None:
    case = await tx.get(CASES, ONE)
    assert case is not None
    await record(team.app, tx, case, [transitions.note(case, ANA[0], team.clock.now, "Seen")])


async def test_a_headline_that_is_posted_meanwhile_is_not_overlooked(team: Team) -> None:
    await team.dispatcher.deliver()
    key = PostedMessage.key_of(team.app.outbox.chats[0], "C-1")
    posted = await team.app.store.get(POSTED, key)
    assert posted is not None

    async def note_while_it_is_posted() -> None:
        async with team.app.store.transaction() as tx:
            await note(team, tx)
            async with team.app.store.transaction() as other:
                other.put(POSTED, msgspec.structs.replace(posted, place="elsewhere"))

    with pytest.raises(Conflict):
        await note_while_it_is_posted()
