"""The link that makes a chat's app is printed, for the chats that have one."""

from __future__ import annotations

import json

from adapters.slack.manifest import manifest, manifest_url
from bot.bootstrap.features import COMMANDS
from tests.unit.cli.conftest import Cli


def test_the_link_is_printed_alone(cli: Cli) -> None:
    assert cli("link", "slack").stdout == f"{manifest_url(COMMANDS)}\n"


def test_the_manifest_is_printed_for_an_app_that_is_there(cli: Cli) -> None:
    assert json.loads(cli("link", "slack", "--manifest").stdout) == manifest(COMMANDS)


def test_a_chat_without_a_link_is_told_which_have_one(cli: Cli) -> None:
    said = cli("link", "irc")
    assert said.exit_code == 2
    assert "There is a link for: slack." in said.output
