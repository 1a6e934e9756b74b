"""An act that is announced in the channel, and Undo under its message."""

from __future__ import annotations

from bot.core.chat import MessageRef
from bot.core.collections import POSTED, UNDOABLES, PostedMessage
from bot.core.permissions import Role
from tests.contracts.chat.rig import Rig


async def announced(rig: Rig) -> MessageRef:
    """Change a setting; return the message that tells of it."""
    await rig.moves_in()
    await rig.types("settings digest 8")
    await rig.until(lambda: rig.private)
    await rig.sends()
    [act] = await rig.team.app.store.page(UNDOABLES)
    posted = await rig.team.app.store.get(POSTED, PostedMessage.key_of(rig.name, act.message))
    assert posted is not None
    return posted.ref


async def test_a_press_on_undo_takes_it_back_and_changes_the_message(rig: Rig) -> None:
    message = await announced(rig)
    [shown] = [each for each in await rig.messages() if "Daily digest: 08:00" in each.text]
    assert "Undo" in shown.buttons
    await rig.presses("Undo", message)
    await rig.until(lambda: any("Undone." in each.text for each in rig.private))
    assert (await rig.team.app.team()).digest_hour == 9
    await rig.sends()
    [shown] = [each for each in await rig.messages() if "Daily digest: 08:00" in each.text]
    assert "Undo" not in shown.buttons
    assert "undid this at" in shown.text
    assert rig.broken_rules() == []


async def test_a_member_may_not_undo_what_an_admin_did(rig: Rig) -> None:
    message = await announced(rig)
    await rig.become(Role.MEMBER)
    await rig.presses("Undo", message)
    await rig.until(lambda: any("Only admins can" in each.text for each in rig.private))
    assert (await rig.team.app.team()).digest_hour == 8
