"""The link that makes a chat's app is printed, for the chats that have one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.slack.manifest import manifest, manifest_url
from bot.__main__ import CHATS
from bot.bootstrap.chats import app_forms
from bot.bootstrap.features import COMMANDS
from bot.core.offered_commands import CommandSet, offered
from tests.unit.cli.conftest import Cli


def test_the_link_is_printed_alone(cli: Cli) -> None:
    assert cli("link", "slack").stdout == f"{manifest_url(COMMANDS)}\n"


def test_the_manifest_is_printed_for_an_app_that_is_there(cli: Cli) -> None:
    assert json.loads(cli("link", "slack", "--manifest").stdout) == manifest(COMMANDS)


def test_it_can_be_printed_and_written_by_a_command_of_its_own(cli: Cli, folder: Path) -> None:
    assert json.loads(cli("slack-manifest").stdout) == manifest(COMMANDS)
    said = cli("slack-manifest", "--write", "slack.json")
    assert (said.exit_code, said.stdout) == (0, "Wrote slack.json.\n")
    assert json.loads((folder / "slack.json").read_text("utf-8")) == manifest(COMMANDS)
    refused = cli("slack-manifest", "--write", "nowhere/slack.json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Could not write nowhere/slack.json (No such file or directory). Choose another file.\n"
    )


def test_all_commands_are_in_it_by_choice(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRANDWARDEN_COMMANDS", "all")
    every = offered(COMMANDS, CommandSet.ALL)
    assert cli("link", "slack").stdout == f"{manifest_url(every)}\n"
    assert json.loads(cli("slack-manifest").stdout) == manifest(every)


def test_every_chat_with_a_form_has_the_command() -> None:
    assert sorted(app_forms(CommandSet.FEW)) == CHATS


@pytest.mark.parametrize("typed", ["slak", "Slack"])
def test_a_slip_in_the_chats_name(typed: str, cli: Cli) -> None:
    said = cli("link", typed)
    assert said.exit_code == 2
    assert f"Unknown chat '{typed}'. Did you mean slack?" in said.output


def test_a_chat_without_a_link_is_told_which_have_one(cli: Cli) -> None:
    said = cli("link", "irc")
    assert said.exit_code == 2
    assert "Unknown chat 'irc'. Choose one of: slack." in said.output
