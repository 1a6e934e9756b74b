"""The manifest says what the table of commands says, and asks for nothing that is not used."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from adapters.slack.manifest import RESERVED, SCOPES, manifest, manifest_url
from bot.app.commands import COMMANDS
from tests.platforms.slack.web_api import METHODS


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


def test_the_page_about_slack_has_the_link_and_every_permission() -> None:
    page = (Path(__file__).parents[3] / "docs" / "slack.md").read_text()
    assert f"]({manifest_url(COMMANDS)})" in page
    for scope, why in SCOPES.items():
        assert f"| `{scope}` | {why} |" in page


def test_it_may_do_what_its_events_and_calls_need() -> None:
    # Slack tells of who joins a channel only to who may read about channels.
    needed = {"channels:read", "groups:read", "app_mentions:read"}
    used = {method.scope for method in METHODS.values()} - {"", "connections:write", "im:write"}
    assert set(SCOPES) >= needed | used
