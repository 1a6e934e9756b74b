"""What Discord is told of the commands and the permissions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import discord
import pytest

from adapters.discord.manifest import install_url, is_same, missing, payload, text_of
from bot.bootstrap.features import COMMANDS
from bot.core.interactions import Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, Param, RequestContext
from tests.platforms.discord.limits_commands import command_problems
from tests.platforms.discord.spec import find_spec


async def _run(_: RequestContext) -> Sequence[Reply]:
    return []


PARAMS = (
    Param("market", "Where.", options=("US", "DE")),
    Param("product", "Which.", required=True, suggest="product"),
    Param("sku", "Ours.", word="sku"),
)
SPECS = (
    CommandSpec("watch", "/watch ...", "Watch " + "x" * 120, Permission.WATCH, _run, PARAMS),
    CommandSpec("note", "/note words", "Note.", Permission.WORK_CASES, _run),
    CommandSpec("settings", "/settings", "Set.", Permission.CONFIGURE, _run),
)


def test_discord_takes_all_commands() -> None:
    assert command_problems(payload(COMMANDS)) == []
    assert command_problems(payload(SPECS)) == []


@pytest.mark.conformance
def test_the_specification_takes_all_commands() -> None:
    spec = find_spec()
    assert spec is not None
    route = "/applications/{application_id}/guilds/{guild_id}/commands"
    assert spec.problems("put", route, payload((*COMMANDS, *SPECS[1:2]))) == []


def test_required_options_stand_first_and_the_text_keeps_the_order_of_the_table() -> None:
    watch, note, *_ = payload(SPECS)
    assert [option["name"] for option in watch["options"]] == ["product", "market", "sku"]
    assert [option["autocomplete"] for option in watch["options"]] == [True, False, False]
    assert len(watch["description"]) == 100
    given = [{"name": "product", "value": " B01 "}, {"name": "market", "value": "US"}]
    assert text_of(SPECS, "watch", given) == "US B01"
    assert text_of(SPECS, "watch", given[:1]) == "B01"
    assert text_of(SPECS, "watch", [{"name": "sku", "value": "OAK 1"}]) == "sku OAK 1"
    assert [option["name"] for option in note["options"]] == ["text"]
    assert text_of(SPECS, "note", [{"name": "text", "value": "as it is"}]) == "as it is"


def test_what_needs_an_admin_is_offered_to_those_who_manage_the_server() -> None:
    needed = {each["name"]: each.get("default_member_permissions") for each in payload(SPECS)}
    assert needed == {"watch": None, "note": None, "settings": "32", "Add to case": None}


def test_what_discord_adds_and_drops_is_no_difference() -> None:
    ours = payload(SPECS)
    theirs = [
        {key: value for key, value in each.items() if value} | {"id": "1", "version": "2"}
        for each in reversed(ours)
    ]
    assert is_same(ours, theirs)
    assert not is_same(ours, theirs[1:])
    assert not is_same(payload(SPECS[:2]), theirs)


def test_the_link_asks_for_what_is_needed_and_no_more() -> None:
    url = install_url(5)
    found = re.search(r"permissions=(\d+)", url)
    assert found is not None
    granted = discord.Permissions(int(found[1]))
    assert missing(granted) == ""
    assert not granted.administrator
    assert url.replace("client_id=5", "client_id=ID") in Path("docs/discord.md").read_text()
    assert missing(discord.Permissions(granted.value & ~0x400)) == "view channel"
