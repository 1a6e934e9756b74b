"""A reaction on the alert says: somebody looks at it."""

from __future__ import annotations

from bot.core.permissions import Role
from bot.features.cases.collections import CASES, ENTRIES
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
