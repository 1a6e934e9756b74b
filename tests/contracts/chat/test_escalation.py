"""An alert that nobody acknowledges: who is called, in each chat, and how it ends."""

from __future__ import annotations

from bot.core.permissions import Role
from bot.features.cases.collections import CASES, ESCALATIONS
from bot.features.cases.service.escalating import Escalating
from tests.contracts.chat.rig import Rig


async def test_an_alert_is_escalated_once_and_acknowledged(rig: Rig) -> None:
    await rig.moves_in()
    role = Role.MEMBER if rig.strangers else Role.ADMIN
    rig.expects_a_call_of(role)
    await rig.types(f"settings oncall {rig.answer_of(role) if rig.strangers else 'me'}")
    await rig.until(lambda: rig.private)
    await rig.is_attacked()
    escalating = Escalating(rig.team.app)
    for _ in range(3):
        rig.team.clock.advance(minutes=31)
        await escalating.tick()
        await rig.sends()
    # Once as it opened, and once as nobody came.
    assert rig.called() == [rig.calls(role)] * 2
    head = await rig.head()
    [asks] = [m for m in await rig.replies(head) if "has not been acknowledged for" in m.text]
    assert asks.buttons == ("Acknowledge", "Assign")
    await rig.presses("Acknowledge", head)
    await rig.sends()
    [case] = await rig.team.app.store.page(CASES)
    assert case.acknowledged_by is not None
    assert await rig.team.app.store.page(ESCALATIONS) == []
