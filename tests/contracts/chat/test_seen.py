"""A reaction on the alert says: somebody looks at it."""

from __future__ import annotations

import msgspec

from bot.core.collections import POSTED, TEAMS, PostedMessage
from bot.core.findings import Severity
from bot.core.mentions import Mention
from bot.core.permissions import Role
from bot.core.team import Team
from bot.features.cases.collections import CASES, ENTRIES, ESCALATIONS
from bot.features.cases.models.escalations import CallTarget, Escalation
from bot.features.cases.service.escalating import Escalating
from tests.contracts.chat.rig import Rig
from tests.contracts.chat.test_rights import written


async def acknowledged_by(rig: Rig) -> str:
    [case] = await rig.team.app.store.page(CASES)
    return case.acknowledged_by.name if case.acknowledged_by else ""


async def test_a_member_acknowledges_an_alert_by_a_reaction(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.become(Role.MEMBER)
    if not await rig.looks_at(alert):
        # The page has no reactions.
        assert await acknowledged_by(rig) == ""
        return
    for _ in range(100):
        if await acknowledged_by(rig):
            break
        await rig.types("cases")
    assert await acknowledged_by(rig) == "Ben"
    # A second one says nothing new.
    await rig.become(Role.ADMIN)
    await rig.looks_at(alert)
    await rig.types("cases")
    entries = await rig.team.app.store.page(ENTRIES)
    assert sum("acknowledged it" in entry.text for entry in entries) == 1


async def test_a_reaction_on_the_call_for_somebody_acknowledges_the_alert(rig: Rig) -> None:
    await rig.alert()
    async with rig.team.app.store.transaction() as tx:
        rig.expected.add("77")
        oncall = (Mention(chat=rig.name, id="77", name="Olu"),)
        tx.put(TEAMS, msgspec.structs.replace(Team(), oncall=oncall, calls_from=Severity.INFO))
    [case] = await rig.team.app.store.page(CASES)
    async with rig.team.app.store.transaction() as tx:
        waiting = Escalation(
            thread=case.label, cases=(case.key,), place=case.entries, since=rig.team.clock.now
        )
        tx.put(ESCALATIONS, waiting)
    rig.team.clock.advance(minutes=31)
    await Escalating(rig.team.app).tick()
    await rig.dispatcher.deliver()
    name = PostedMessage.key_of(rig.name, waiting.message(CallTarget.ONCALL))
    call = await rig.team.app.store.get(POSTED, name)
    assert call is not None
    await rig.become(Role.MEMBER)
    if not await rig.looks_at(call.ref):
        return
    for _ in range(100):
        if await acknowledged_by(rig):
            break
        await rig.types("cases")
    assert await acknowledged_by(rig) == "Ben"


async def test_who_may_not_work_on_cases_writes_nothing_by_a_reaction(rig: Rig) -> None:
    """A viewer, who is a guest where the chat has guests, and a stranger."""
    alert = await rig.alert()
    for role in (Role.VIEWER, Role.NOBODY) if rig.strangers else (Role.VIEWER,):
        before = await written(rig)
        await rig.become(role)
        await rig.looks_at(alert)
        await rig.become(Role.ADMIN)
        for _ in range(5):
            await rig.types("cases")
        assert await acknowledged_by(rig) == ""
        assert await written(rig) == before
