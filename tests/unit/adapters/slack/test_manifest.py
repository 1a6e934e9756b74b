"""The manifest says what the table of commands says, and asks for nothing that is not used."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest

from adapters.slack.manifest import RESERVED, SCOPES, manifest, manifest_url, spelling
from bot.bootstrap.features import COMMANDS
from bot.core.offered_commands import CommandSet, offered
from bot.core.request import CommandSpec
from tests.platforms.slack.web_api import METHODS

ALL = offered(COMMANDS, CommandSet.ALL)


def _shown(specs: Sequence[CommandSpec]) -> list[str]:
    return [each["command"] for each in manifest(specs)["features"]["slash_commands"]]


def test_one_command_does_everything_and_three_stand_beside_it() -> None:
    assert _shown(COMMANDS) == ["/brand", "/watch", "/todo", "/case"]


def test_by_choice_every_command_is_there_but_those_that_slack_keeps() -> None:
    shown = manifest(ALL)["features"]["slash_commands"]
    assert set(_shown(ALL)) == {"/brand"} | {
        f"/{spec.name}" for spec in COMMANDS if spec.name not in RESERVED
    }
    assert len(shown) <= 50
    for each in shown:
        assert 1 <= len(each["description"]) <= 2000
        assert len(each.get("usage_hint", "")) <= 1000


def test_the_link_carries_it() -> None:
    query = parse_qs(urlsplit(manifest_url(COMMANDS)).query)
    assert json.loads(query["manifest_json"][0]) == manifest(COMMANDS)


def test_the_page_about_slack_says_how_to_get_the_link_and_every_permission() -> None:
    page = (Path(__file__).parents[4] / "docs" / "slack.md").read_text()
    assert "python -m bot link slack" in page
    for scope, why in SCOPES.items():
        assert f"| `{scope}` | {why} |" in page


def test_the_link_is_no_longer_than_servers_take() -> None:
    assert len(manifest_url(COMMANDS)) < 4096
    assert len(manifest_url(ALL)) < 8192


def test_what_does_not_stand_alone_is_typed_behind_the_one() -> None:
    few, every = spelling(COMMANDS), spelling(ALL)
    assert few["watches"] == "/brand watches"
    assert few.keys() == {spec.name for spec in COMMANDS} - {"watch", "todo", "case"}
    assert every == {"help": "/brand help"}


@pytest.mark.skipif("SPECS_DIR" not in os.environ, reason="SPECS_DIR is not set")
@pytest.mark.parametrize("version", ["1.0.0", "2.0.0"])
@pytest.mark.conformance
@pytest.mark.parametrize("specs", [COMMANDS, ALL])
def test_slacks_own_schema_takes_it(version: str, specs: Sequence[CommandSpec]) -> None:
    text = Path(os.environ["SPECS_DIR"], f"slack/manifest.schema.{version}.json").read_text()
    made = manifest(specs) | ({"_metadata": {"major_version": 2}} if version[0] == "2" else {})
    jsonschema.validate(made, json.loads(text))


def test_it_can_be_installed_for_an_organization_and_hears_what_happens_to_it() -> None:
    settings = manifest(COMMANDS)["settings"]
    assert settings["org_deploy_enabled"]
    heard = set(settings["event_subscriptions"]["bot_events"])
    assert heard >= {
        *("member_joined_channel", "member_left_channel", "channel_archive", "channel_unarchive"),
        *("channel_deleted", "channel_id_changed", "tokens_revoked", "app_uninstalled"),
    }
    assert len(heard) == len(settings["event_subscriptions"]["bot_events"])


def test_it_may_do_what_its_events_and_calls_need() -> None:
    # Slack tells of who joins a channel only to who may read about channels.
    needed = {"channels:read", "groups:read", "app_mentions:read"}
    used = {method.scope for method in METHODS.values()} - {"", "connections:write", "im:write"}
    assert set(SCOPES) >= needed | used
