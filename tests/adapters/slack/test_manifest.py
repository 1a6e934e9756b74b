"""The manifest says what the table of commands says, and asks for nothing that is not used."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from adapters.slack.manifest import RESERVED, manifest, manifest_url
from bot.app.commands import COMMANDS


def test_every_command_is_there_but_those_that_slack_keeps() -> None:
    shown = manifest(COMMANDS)["features"]["slash_commands"]
    names = {each["command"] for each in shown}
    assert names == {"/brand"} | {f"/{spec.name}" for spec in COMMANDS if spec.name not in RESERVED}
    for each in shown:
        assert 1 <= len(each["description"]) <= 2000
        assert len(each.get("usage_hint", "")) <= 1000


def test_the_link_carries_it() -> None:
    query = parse_qs(urlsplit(manifest_url(COMMANDS)).query)
    assert json.loads(query["manifest_json"][0]) == manifest(COMMANDS)
