"""The real discord.py takes the fake for Discord: interactions."""

from __future__ import annotations

import asyncio

import discord
import pytest

from tests.platforms.discord.echo import NOBODY, Echo, running
from tests.platforms.discord.pointed import pointed_at
from tests.platforms.discord.seen import seen
from tests.platforms.discord.server import FakeDiscord

WATCH = {
    "name": "watch",
    "description": "Watch a product",
    "options": [
        {
            "name": "product",
            "description": "Which",
            "type": 3,
            "required": True,
            "autocomplete": True,
        }
    ],
}
BUTTONS = [
    {
        "type": 1,
        "components": [
            {"type": 2, "style": 1, "label": "Note", "custom_id": "note:1"},
            {"type": 2, "style": 5, "label": "Page", "url": "https://www.amazon.com/dp/1"},
        ],
    }
]
NOTE = {
    "title": "A note",
    "custom_id": "note:1",
    "components": [
        {
            "type": 18,
            "label": "Text",
            "component": {"type": 4, "custom_id": "text", "style": 1, "max_length": 20},
        },
        {"type": 18, "label": "Proof", "component": {"type": 19, "custom_id": "proof"}},
    ],
}


async def answer(client: Echo, interaction: discord.Interaction) -> None:
    """A command gets a card, a button a modal, a modal an updated card."""
    data = interaction.data
    assert data is not None
    if interaction.type is discord.InteractionType.autocomplete:
        await client.respond(interaction, 8, {"choices": [{"name": "Lamp", "value": "B01"}]})
    elif interaction.type is discord.InteractionType.application_command:
        card = {"embeds": [{"title": r"C\-1", "color": 255}], "components": BUTTONS}
        await client.respond(interaction, 4, card | {"flags": 64, "allowed_mentions": NOBODY})
    elif interaction.type is discord.InteractionType.component:
        await client.respond(interaction, 9, NOTE)
    else:
        files = data["resolved"]["attachments"].values()  # type: ignore[typeddict-item]
        text = f"noted with {next(iter(files))['filename']}"
        await client.respond(interaction, 7, {"content": text, "allowed_mentions": NOBODY})


async def test_connects_and_knows_its_guild(fake: FakeDiscord) -> None:
    client = Echo(answer)
    async with running(fake, client):
        assert [guild.name for guild in client.guilds] == ["Our brand"]
        assert {c.name for c in client.get_all_channels()} == {
            "brand-alerts",
            "general",
            "read-only",
        }
    assert not fake.violations


async def test_wrong_token_is_refused(fake: FakeDiscord) -> None:
    client = Echo(answer)
    with pytest.raises(discord.LoginFailure):
        await client.login("another")
    await client.close()


async def test_command_button_modal_and_update(fake: FakeDiscord) -> None:
    client, ana = Echo(answer), fake.person("Ana", administrator=True)
    async with running(fake, client):
        await client.register(fake, WATCH)
        assert await ana.complete("watch", {"product": "la"}, "product") == [("Lamp", "B01")]
        act = await ana.command("watch", {"product": "B01"}, "brand-alerts")
        assert act.response == 4
        assert act.latency is not None
        card = ana.ephemerals[-1]
        look = seen(card)
        assert (look.title, look.colour) == ("C-1", "#0000ff")
        assert look.buttons == ("Note", "Page")
        assert look.links == ("https://www.amazon.com/dp/1",)

        assert (await ana.press(card, "Note")).response == 9
        modal = ana.modal
        assert modal is not None
        assert modal.labels == ("Text", "Proof")
        await ana.fill_in({"Text": "seen", "Proof": [("a.png", "image/png", b"png")]})
        assert (await ana.submit()).response == 7
        assert ana.modal is None
        assert ana.ephemerals == [card]
        assert seen(card).title == "noted with a.png"
    assert not fake.channel("brand-alerts").messages
    assert not fake.violations


async def test_a_person_can_do_only_what_she_is_offered(fake: FakeDiscord) -> None:
    client, ana, ben = Echo(answer), fake.person("Ana"), fake.person("Ben")
    async with running(fake, client):
        await client.register(fake, WATCH, {**WATCH, "name": "setup"})
        with pytest.raises(AssertionError, match="is offered"):
            await ana.command("unwatch")
        with pytest.raises(AssertionError, match="wants"):
            await ana.command("watch")
        await ana.command("watch", {"product": "B01"})
        with pytest.raises(AssertionError, match="does not see"):
            await ben.press(ana.ephemerals[0], "Note")
        with pytest.raises(AssertionError, match=r"\['Note', 'Page'\], not 'Close'"):
            await ana.press(ana.ephemerals[0], "Close")
        await ana.press(ana.ephemerals[0], "Note")
        await ana.fill_in({"Text": "x" * 21})
        with pytest.raises(AssertionError, match="to 20 characters"):
            await ana.submit()


async def test_modal_in_answer_to_a_modal_is_refused(fake: FakeDiscord) -> None:
    async def again(client: Echo, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            with pytest.raises(discord.HTTPException, match="Invalid Form Body"):
                await client.respond(interaction, 9, NOTE)
            await client.respond(interaction, 5, {"flags": 64})
            body = {"content": "Continue", "allowed_mentions": NOBODY}
            path = f"/webhooks/{client.application_id}/{interaction.token}"
            await client.call("PATCH", f"{path}/messages/@original", body)
        else:
            await client.respond(interaction, 9, {**NOTE, "components": NOTE["components"][:1]})

    client, ana = Echo(again), fake.person("Ana")
    async with running(fake, client):
        await client.register(fake, {**WATCH, "options": []})
        await ana.command("watch")
        await ana.fill_in({"Text": "one"})
        act = await ana.submit()
        await fake.until(lambda: ana.ephemerals and ana.ephemerals[-1].content == "Continue")
        assert act.reply is ana.ephemerals[-1]
        assert act.reply.flags == 64
    assert any("Response 9 does not answer" in each for each in fake.violations)


async def test_late_answer_finds_no_interaction() -> None:
    release = asyncio.Event()

    async def late(client: Echo, interaction: discord.Interaction) -> None:
        await release.wait()
        await client.respond(interaction, 5)

    async with FakeDiscord(answer_within=0.02) as fake:
        with pointed_at(fake):
            client, ana = Echo(late), fake.person("Ana")
            async with running(fake, client):
                await client.register(fake, {**WATCH, "options": []})
                act = await ana.command("watch")
                assert not act.answered
                release.set()
                await fake.until(lambda: act.refusals)
                assert act.refusals == ["10062 Unknown interaction"]
                await fake.until(lambda: client.errors)


async def test_second_answer_and_dead_token_are_refused(fake: FakeDiscord) -> None:
    async def twice(client: Echo, interaction: discord.Interaction) -> None:
        await client.respond(interaction, 5)
        await client.respond(interaction, 5)

    client, ana = Echo(twice), fake.person("Ana")
    async with running(fake, client):
        await client.register(fake, {**WATCH, "options": []})
        act = await ana.command("watch")
        await fake.until(lambda: act.refusals)
        assert act.refusals == ["40060 Interaction has already been acknowledged."]
        fake.faults.dead_tokens()
        dying = asyncio.create_task(ana.command("watch"))
        await fake.until(lambda: fake.refusals[-1].endswith("10062 Unknown interaction"))
        dying.cancel()
    assert fake.injected["dead token"] == 1
