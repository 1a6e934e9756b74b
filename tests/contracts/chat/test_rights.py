"""Each role on each chat: something that it may do, and something that it may not."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path

from bot.bootstrap.chat_platforms import PLATFORMS
from bot.core.collections import OUTBOX
from bot.core.permissions import Role
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.watchlist.collections import SELLERS
from tests.contracts.chat.rig import Rig
from tests.contracts.chat.rigs import RIGS
from tests.unit.conftest import THIEF


async def written(rig: Rig) -> list[object]:
    """Return what a press may change."""
    store = rig.team.app.store
    counts = [await store.count(ENTRIES), await store.count(OUTBOX), await store.count(SELLERS)]
    return [await store.page(CASES), *counts]


async def answered(rig: Rig, act: Awaitable[None], words: str) -> None:
    """Do it, and wait until the person reads these words."""
    await act
    await rig.until(lambda: rig.private and words in rig.private[-1].text)


async def test_a_stranger_reads_and_writes_nothing(rig: Rig) -> None:
    alert = await rig.alert()
    if not rig.strangers:
        # Everybody who is there belongs to the team.
        await answered(rig, rig.types("cases"), "C-1")
        return
    await rig.become(Role.NOBODY)
    before = await written(rig)
    await answered(rig, rig.types("cases"), "Only members of #")
    await answered(rig, rig.presses("Acknowledge", alert), "Only members of #")
    assert await written(rig) == before
    assert not any("C-1" in each.text for each in rig.private)


async def test_a_viewer_reads_and_does_not_work(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.become(Role.VIEWER)
    await answered(rig, rig.types("cases"), "C-1")
    before = await written(rig)
    await answered(rig, rig.presses("Acknowledge", alert), "Only members can")
    assert await written(rig) == before


async def test_a_member_works_and_does_not_authorise(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.become(Role.MEMBER)
    before = await written(rig)
    refused = rig.presses("Authorize seller", alert)
    await answered(rig, refused, "Only admins can")
    assert await written(rig) == before
    await rig.presses("Acknowledge", alert)
    await rig.sends()
    [shown] = await rig.alerts()
    assert "Acknowledged by Ben" in shown.text


async def test_an_admin_authorises(rig: Rig) -> None:
    alert = await rig.alert()
    await rig.presses("Authorize seller", alert)
    await rig.until(lambda: rig.form)
    await rig.hands_in()
    await rig.sends()
    assert [seller.id for seller in await rig.team.app.store.page(SELLERS)] == [THIEF]


def test_an_admin_of_a_foreign_workspace_is_refused_by_a_test_of_each_chat_that_has_them() -> None:
    folder = Path(__file__).parents[2] / "unit" / "adapters"
    tests = {file.parent.name: file.read_text() for file in folder.glob("*/test_inbound.py")}
    shown = {name for name, text in tests.items() if "works for another team" in text}
    assert shown == {each.name for each in Rig.__subclasses__() if each.workspaces}


def test_each_chat_has_a_rig() -> None:
    assert set(RIGS) == {"web", *(each.name for each in PLATFORMS)}
