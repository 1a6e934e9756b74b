"""Who is on call: named by an admin, found by the chat, and called when an alert opens."""

from __future__ import annotations

from bot.core.permissions import Role
from tests.contracts.chat.rig import Rig


async def says(rig: Rig, target: str) -> str:
    """Let who acts name somebody, and return what they hear."""
    before = len(rig.private)
    await rig.types(f"settings oncall {target}")
    await rig.until(lambda: len(rig.private) > before)
    await rig.sends()
    return rig.private[-1].text


async def test_who_is_on_call_is_called_by_an_alert_and_nobody_else(rig: Rig) -> None:
    await rig.moves_in()
    role = Role.MEMBER if rig.strangers else Role.ADMIN
    rig.expects_a_call_of(role)
    shown = await says(rig, rig.answer_of(role) if rig.strangers else "me")
    assert f"On call: {'Ben' if rig.strangers else 'Ana'}" in shown
    await rig.is_attacked()
    assert rig.called() == [rig.calls(role)]


async def test_whom_nobody_knows_is_not_put_on_call(rig: Rig) -> None:
    await rig.moves_in()
    for strange in ("U0NOBODY99", "123456789012345678", "everyone", "@here"):
        told = await says(rig, strange)
        assert "Could not find" in told or "Try again" in told
    assert (await rig.team.app.team()).oncall == ()


async def test_only_an_admin_puts_somebody_on_call(rig: Rig) -> None:
    await rig.moves_in()
    await rig.become(Role.MEMBER)
    assert "Only admins can" in await says(rig, "me")
    assert (await rig.team.app.team()).oncall == ()
