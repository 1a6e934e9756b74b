"""A second channel: which alerts go there, and what becomes of them when it is gone."""

from __future__ import annotations

from bot.core.chat_troubles import Topic
from bot.core.collections import TROUBLES
from bot.core.dispatch.dispatcher import OutboxDispatcher
from tests.contracts.chat.rig import Rig


async def sets_route(rig: Rig, typed: str) -> str:
    """Let an admin type a route in a second channel, and return it; empty: there is none."""
    await rig.moves_in()
    channel = rig.adds_channel()
    rig.typing_in = channel
    before = len(rig.private)
    await rig.types(f"settings route {typed} here")
    await rig.until(lambda: len(rig.private) > before)
    rig.typing_in = ""
    await rig.sends()
    return channel


async def test_an_alert_opens_in_the_channel_of_its_route_and_is_answered_there(rig: Rig) -> None:
    channel = await sets_route(rig, "critical US")
    await rig.is_attacked()
    head = await rig.head()
    if not channel:
        # The page shows everything in one place.
        assert len(await rig.alerts()) == 1
        return
    assert head.channel == channel
    assert await rig.alerts() == []
    await OutboxDispatcher(rig.team.app, rig.name, rig.chat).deliver()
    await rig.presses("Acknowledge", head)
    await rig.sends()
    assert [m for m in await rig.replies(head) if "acknowledged it" in m.text]


async def test_an_alert_of_another_marketplace_opens_where_alerts_go(rig: Rig) -> None:
    await sets_route(rig, "critical DE")
    await rig.is_attacked()
    assert len(await rig.alerts()) == 1


async def test_an_alert_whose_channel_is_gone_opens_where_alerts_go(rig: Rig) -> None:
    channel = await sets_route(rig, "critical US")
    if channel:
        rig.loses_channel(channel)
    await rig.is_attacked()
    assert len(await rig.alerts()) == 1
    troubles = [each.topic for each in await rig.team.app.store.page(TROUBLES)]
    assert troubles == ([Topic.ROUTE] if channel else [])
