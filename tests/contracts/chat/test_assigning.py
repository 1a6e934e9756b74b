"""A case that goes to a colleague: whoever the chat offers, and exactly they are called."""

from __future__ import annotations

from bot.core.permissions import Role
from bot.features.cases.collections import CASES
from tests.contracts.chat.rig import Rig


async def assigned(rig: Rig, role: Role) -> None:
    """Let Ana give the case to somebody who has done something here."""
    head = await rig.alert()
    await rig.become(Role.MEMBER)
    await rig.types("watches")
    await rig.presses("Acknowledge", head)
    await rig.sends()
    await rig.become(Role.ADMIN)
    await rig.presses("Assign", head)
    await rig.until(lambda: rig.form)
    await rig.fills_in({"Assign to": rig.answer_of(role)})
    await rig.hands_in()


async def test_the_chosen_colleague_gets_the_case_and_is_called_in_its_thread(rig: Rig) -> None:
    rig.expects_a_call_of(Role.MEMBER)
    await assigned(rig, Role.MEMBER)
    await rig.sends()
    [case] = await rig.team.app.store.page(CASES)
    assert case.assignee is not None
    assert case.assignee.name == "Ben"
    lines = [each.text for each in await rig.replies(await rig.head())]
    assert "Ana assigned it to Ben." in lines[-1]
    assert rig.called() == [rig.calls(Role.MEMBER)]


async def test_who_is_not_of_the_team_gets_no_case_and_is_not_called(rig: Rig) -> None:
    if not rig.strangers:
        return  # the page offers whom the team knows alone
    await assigned(rig, Role.NOBODY)
    await rig.until(lambda: rig.form and rig.form.errors)
    await rig.sends()
    [case] = await rig.team.app.store.page(CASES)
    assert case.assignee is None
    assert rig.called() == []
