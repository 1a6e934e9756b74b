"""What Discord is told of the commands and the permissions."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import discord
import pytest

from adapters.discord.manifest import (
    innermost,
    install_url,
    is_same,
    missing,
    payload,
    spelling,
    text_of,
)
from bot.bootstrap.features import COMMANDS
from bot.core.interactions import Reply
from bot.core.offered_commands import CommandSet, offered
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
SPECS = offered(
    (
        CommandSpec("watch", "/watch ...", "Watch " + "x" * 120, Permission.WATCH, _run, PARAMS),
        CommandSpec("note", "/note words", "Note.", Permission.WORK_CASES, _run),
        CommandSpec("settings", "/settings", "Set.", Permission.CONFIGURE, _run),
    ),
    CommandSet.ALL,
)
ALL = offered(COMMANDS, CommandSet.ALL)


def _names(specs: Sequence[CommandSpec]) -> list[str]:
    return [each["name"] for each in payload(specs)]


def test_discord_takes_all_commands() -> None:
    for specs in (COMMANDS, ALL, SPECS):
        assert command_problems(payload(specs)) == []


def test_one_command_has_everything_and_three_stand_beside_it() -> None:
    assert _names(COMMANDS) == ["brand", "watch", "todo", "case", "Add to case"]
    assert len(_names(ALL)) == len(COMMANDS) + 2


def test_every_command_stands_below_the_one_as_texts_write_it() -> None:
    brand = payload(COMMANDS)[0]
    flat = [f"/brand {each['name']}" for each in brand["options"] if each["type"] == 1]
    grouped = [
        f"/brand {group['name']} {each['name']}"
        for group in brand["options"]
        if group["type"] == 2
        for each in group["options"]
    ]
    written = spelling(COMMANDS)
    assert written["watches"] == "/brand watches"
    assert written["evidence"] == "/brand report evidence"
    alone = {f"/brand {spec.name}" for spec in COMMANDS if spec.alone}
    assert sorted([*flat, *grouped]) == sorted({*written.values(), *alone})
    assert spelling(ALL) == {}


def test_there_is_room_for_commands_to_come() -> None:
    brand = payload(COMMANDS)[0]
    assert len(brand["options"]) <= 22
    assert len(json.dumps(brand, ensure_ascii=False)) < 20_000


def test_what_is_typed_below_the_one_is_found_with_what_was_given_to_it() -> None:
    given = [{"type": 3, "name": "number", "value": "3"}]
    evidence = {"type": 1, "name": "evidence", "options": given}
    group = {"type": 2, "name": "report", "options": [evidence]}
    assert innermost("brand", [group]) == ("evidence", given)
    assert innermost("brand", [evidence]) == ("evidence", given)
    assert innermost("brand", [{"type": 1, "name": "todo"}]) == ("todo", ())
    assert innermost("brand", []) == ("brand", [])
    # A command of the application's former life had subcommands.
    assert innermost("old", [evidence]) == ("old", [evidence])


@pytest.mark.conformance
def test_the_specification_takes_all_commands() -> None:
    spec = find_spec()
    assert spec is not None
    route = "/applications/{application_id}/guilds/{guild_id}/commands"
    for specs in (COMMANDS, ALL, (*COMMANDS, *SPECS[1:2])):
        assert spec.problems("put", route, payload(specs)) == []


def test_required_options_stand_first_and_the_text_keeps_the_order_of_the_table() -> None:
    _, watch, note, *_ = payload(SPECS)
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
    assert needed == {
        "brand": None,
        "watch": None,
        "note": None,
        "settings": "32",
        "Add to case": None,
    }


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
