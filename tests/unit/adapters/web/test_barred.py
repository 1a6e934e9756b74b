"""Who may not press something on the page sees no button for it, but who may."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC
from pathlib import Path

import msgspec
import pytest
from aiohttp import ClientSession

from adapters.web import render
from adapters.web.messages import WebMessage
from bot.core.cards import Button, Card, Menu
from bot.core.permissions import Permission, Role
from tests.patience import PATIENCE
from tests.unit.adapters.web.conftest import enter, new_client
from tests.unit.adapters.web.reading import Tags
from tests.unit.adapters.web.sample import CHANNEL, START, Running, running

TAKE = Button(label="Assign to me", action="assign", ref="1")
TRUST = Button(label="Authorize seller", action="authorise", ref="1")
OPEN = Button(label="Open the listing", url="https://www.amazon.com/dp/B0ALDER001")
NEEDS = {"assign": Permission.WORK_CASES, "authorise": Permission.AUTHORISE}
CARD = Card(title="Stranger", buttons=(TAKE, OPEN), menu=Menu("More", (TRUST,)))
ADMINS, MEMBERS = "Only admins can authorize sellers.", "Only members can work on cases."


def barred(role: Role, button: Button) -> str:
    return role.barred(NEEDS[button.action]) if button.action else ""


def shown(role: Role, card: Card = CARD) -> Tags:
    message = WebMessage(
        seq=1, id="m1", channel=CHANNEL, stream=f"#{CHANNEL}", card=card, posted_at=START
    )
    return Tags(render.message(message, UTC, lambda button: barred(role, button)))


def pressable(tags: Tags) -> list[str]:
    return [each["data-action"] for each in tags.all("button", name="button")]


@pytest.mark.parametrize(
    ("role", "actions", "why"),
    [
        (Role.ADMIN, ["assign", "authorise"], []),
        (Role.MEMBER, ["assign"], [ADMINS]),
        (Role.VIEWER, [], [MEMBERS, ADMINS]),
    ],
)
def test_a_card_has_the_buttons_that_its_reader_may_press(
    role: Role, actions: list[str], why: list[str]
) -> None:
    tags = shown(role)
    assert pressable(tags) == actions
    assert [each for each in (MEMBERS, ADMINS) if each in tags.text] == why
    assert tags.all("a", href=OPEN.url)
    assert bool(tags.all("details")) == ("authorise" in actions)


def test_a_private_answer_says_what_its_reader_may_not_press() -> None:
    tags = Tags(render.private(Card(title="C-1"), "p1", "", UTC, (MEMBERS,)))
    assert MEMBERS in tags.text
    assert MEMBERS not in Tags(render.private(Card(title="C-1"), "p1", "", UTC)).text


def test_a_reason_is_said_once_however_much_it_bars() -> None:
    more = Button(label="Snooze", action="assign", ref="2")
    text = shown(Role.VIEWER, Card(title="Stranger", buttons=(TAKE, more))).text
    assert text.count(MEMBERS) == 1
    assert not shown(Role.VIEWER, Card(title="Stranger", buttons=(TAKE,))).all("form")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, barred=barred) as site:
        yield site


async def buttons_on(client: ClientSession, path: str) -> list[str]:
    async with client.get(path) as answer:
        return pressable(Tags(await answer.text()))


async def test_the_channel_a_thread_and_what_changes_are_shown_as_the_reader_may_press(
    site: Running,
) -> None:
    head = await site.post(CARD, "C-1")
    await site.post(CARD, "C-1/2", thread=head)
    async with new_client(site) as client:
        await enter(site, client)
        assert await buttons_on(client, "/") == ["assign", "authorise"]
        await client.post("/persona", data={"persona": "vik"})
        assert await buttons_on(client, "/") == []
        assert await buttons_on(client, f"/threads/{head.id}") == []
        async with client.get("/events", params={"after": site.chat.live.cursor}) as events:
            await site.chat.edit(head, msgspec.structs.replace(CARD, title="Gone"))
            async with asyncio.timeout(PATIENCE):
                told = (await events.content.readuntil(b"\n\n")).decode()
    assert "Only members can work on cases" in told
    assert "data-action" not in told
