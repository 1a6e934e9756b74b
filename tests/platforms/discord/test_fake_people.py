"""People reach the real discord.py by every way that Discord offers them."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.platforms.discord.echo import NOBODY, Echo, running
from tests.platforms.discord.seen import seen
from tests.platforms.discord.server import FakeDiscord

OPTIONS = [
    {"label": "Counterfeit", "value": "fake"},
    {"label": "Used as new", "value": "used"},
]
FORM = {
    "title": "Report",
    "custom_id": "report:1",
    "components": [
        {"type": 10, "content": "What **is** it?"},
        {
            "type": 18,
            "label": "Kind",
            "component": {"type": 3, "custom_id": "kind", "options": OPTIONS},
        },
        {
            "type": 18,
            "label": "Right",
            "component": {"type": 21, "custom_id": "right", "options": OPTIONS},
        },
        {
            "type": 18,
            "label": "Steps",
            "component": {
                "type": 22,
                "custom_id": "steps",
                "options": OPTIONS,
                "required": False,
            },
        },
    ],
}
CARD = {
    "type": 17,
    "accent_color": 0xCC0000,
    "components": [
        {
            "type": 9,
            "components": [{"type": 10, "content": "## C\\-1\n**Price:** 12"}],
            "accessory": {"type": 11, "media": {"url": "https://m.media-amazon.com/1.jpg"}},
        },
        {
            "type": 1,
            "components": [{"type": 3, "custom_id": "kind", "options": OPTIONS}],
        },
    ],
}


async def form(client: Echo, interaction: discord.Interaction) -> None:
    """Anything opens the form; the form is promised an answer."""
    if interaction.type is discord.InteractionType.modal_submit:
        await client.respond(interaction, 5, {"flags": 64})
        path = f"/webhooks/{client.application_id}/{interaction.token}"
        await client.call("POST", path, {"content": "Filed", "allowed_mentions": NOBODY})
    else:
        await client.respond(interaction, 9, FORM)


def data(client: Echo) -> Any:
    """What the bot heard last."""
    return client.heard[-1].data


async def test_menu_of_a_message_opens_a_form(fake: FakeDiscord) -> None:
    client, ana = Echo(form), fake.person("Ana", manage_guild=True)
    async with running(fake, client):
        await client.register(fake, {"name": "Add to case", "type": 3})
        said = await ana.post("general", "look at this")
        await ana.context_menu("Add to case", said)
        assert data(client)["target_id"] == str(said.id)
        assert data(client)["resolved"]["messages"][str(said.id)]["content"] == "look at this"
        assert ana.modal is not None
        assert seen(ana.modal).lines == ("Report", "What is it?", "Kind", "Right", "Steps")

        with pytest.raises(AssertionError, match="'Kind' is required"):
            await ana.submit()
        await ana.fill_in({"Kind": "Lost"})
        with pytest.raises(AssertionError, match="offers"):
            await ana.submit()
        answers = {"Kind": "Counterfeit", "Right": "used", "Steps": ["Counterfeit", "used"]}
        await ana.fill_in(answers)
        await ana.submit()
        inputs = [label["component"] for label in data(client)["components"][1:]]
        assert [each.get("values", each.get("value")) for each in inputs] == [
            ["fake"],
            "used",
            ["fake", "used"],
        ]
        await fake.until(lambda: ana.ephemerals[-1].content == "Filed")
        assert len(ana.ephemerals) == 1
    assert not fake.violations


async def test_subcommand_with_every_type_of_option(fake: FakeDiscord) -> None:
    client, ana, ben = Echo(form), fake.person("Ana"), fake.person("Ben")
    kinds = {"text": 3, "count": 4, "sure": 5, "who": 6, "where": 7, "price": 10, "proof": 11}
    options = [{"name": name, "description": "x", "type": kind} for name, kind in kinds.items()]
    add = {"name": "add", "description": "x", "type": 1, "options": options}
    given = {
        "text": "x",
        "count": 2,
        "sure": True,
        "who": ben,
        "where": fake.channel("general"),
        "price": 1.5,
        "proof": ("a.txt", "text/plain", b"proof"),
    }
    async with running(fake, client):
        await client.register(fake, {"name": "case", "description": "x", "options": [add]})
        await ana.command("case add", given)
        heard = data(client)["options"][0]
        assert heard["name"] == "add"
        assert {option["name"]: option["type"] for option in heard["options"]} == kinds
        assert data(client)["resolved"]["users"][ben.id]["global_name"] == "Ben"
        with pytest.raises(AssertionError, match="takes no"):
            await ana.command("case add", {"count": "many"})


async def test_command_is_offered_to_those_with_the_permission(fake: FakeDiscord) -> None:
    client = Echo(form)
    setup = {"name": "setup", "description": "x", "default_member_permissions": "32"}
    async with running(fake, client):
        await client.register(fake, setup)
        assert (await fake.person("Ana", manage_guild=True).command("setup")).answered
        assert (await fake.person("Root", administrator=True).command("setup")).answered
        with pytest.raises(AssertionError, match="is offered"):
            await fake.person("Ben").command("setup")


async def test_card_of_components_is_read_and_chosen_from(fake: FakeDiscord) -> None:
    client, ana, channel = Echo(form), fake.person("Ana"), fake.channel("general")
    async with running(fake, client):
        body = {"flags": 1 << 15, "components": [CARD], "allowed_mentions": NOBODY}
        await client.call("POST", f"/channels/{channel.id}/messages", body)
        card = channel.messages[0]
        look = seen(card)
        assert look.lines == ("C-1", "Price: 12")
        assert look.colour == "#cc0000"
        assert look.images == ("https://m.media-amazon.com/1.jpg",)
        await ana.choose(card, "kind", ["Used as new"])
        assert data(client)["values"] == ["used"]
        with pytest.raises(AssertionError, match="nothing is sent"):
            await ana.press(card, "Used as new")
        same = {"components": [CARD], "allowed_mentions": NOBODY}
        await client.call("PATCH", f"/channels/{channel.id}/messages/{card.id}", same)
        await ana.press(card, "Used as new")
        assert data(client)["values"] == ["used"]
    assert not fake.violations


async def test_bad_commands_are_refused(fake: FakeDiscord) -> None:
    client = Echo(form)
    late = [
        {"name": "a", "description": "x", "type": 3},
        {"name": "b", "description": "x", "type": 3, "required": True},
    ]
    async with running(fake, client):
        for wrong in (
            {"name": "Watch", "description": "x"},
            {"name": "watch", "description": ""},
            {"name": "watch", "description": "x", "options": late},
        ):
            with pytest.raises(discord.HTTPException, match="Invalid Form Body"):
                await client.register(fake, wrong)
    assert not fake.commands(fake.guild)
    assert len(fake.violations) == 3
