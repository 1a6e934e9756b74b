"""What all commands have in common: help, settings that are wrong, and errors in a sentence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import __version__
from bot.bootstrap.chat_platforms import SETTINGS, variables
from bot.cli.configuration import UNREADABLE
from bot.settings import PREFIX
from tests.patience import PATIENCE
from tests.unit.cli.conftest import Cli, use

ROOT = Path(__file__).parents[3]
SECRET = "hush-hush"


def test_python_dash_m_bot() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "version"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert (done.stdout, done.stderr) == (f"Brandwarden {__version__}\n", "")


def test_version_as_json(cli: Cli) -> None:
    assert json.loads(cli("version", "--json").stdout) == {"version": __version__}


def test_the_help_names_the_commands_and_where_to_begin(cli: Cli) -> None:
    words = cli("--help").stdout
    for command in ("demo", "run", "check", "watch", "doctor", "version"):
        assert f"\n  {command} " in words
    assert "python -m bot demo" in words
    assert "completion" not in words


@pytest.mark.parametrize("words", [("check",), ("demo", "--speed", "0"), ("nonsense",)])
def test_wrong_use_is_told(words: tuple[str, ...], cli: Cli) -> None:
    said = cli(*words)
    assert said.exit_code == 2
    assert "Error: " in said.stderr


@pytest.mark.parametrize("name", ["SLACK_ENDPOINT", "DISCORD_ENDPOINT", "DISCORD_GATEWAY"])
@pytest.mark.parametrize("address", ["https://evil.example/", "https://127.0.0.1/", "http://evil/"])
def test_a_chats_token_goes_nowhere_else_and_all_that_is_wrong_is_told(
    name: str, address: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + name, address)
    use(monkeypatch, home="Mars")
    said = cli("run")
    assert said.exit_code == 2
    wrong = "is wrong: it must be the chat's own address or an address of this machine."
    assert f"{PREFIX}{name} {wrong}" in said.stderr
    assert f"{PREFIX}HOME is wrong" in said.stderr
    assert address not in said.stderr


@pytest.mark.parametrize("command", ["run", "demo", "watch export"])
def test_wrong_settings_are_told_in_a_sentence_each(
    command: str, cli: Cli, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    use(
        monkeypatch,
        amazon_client_secret=SECRET,
        amazon_login_url=f"ftp://{SECRET}",
        check_every="often",
        confirm_after="PT0S",
        home="Mars",
        own_sellers="nobody",
        web_port="70000",
    )
    said = cli(*command.split())
    assert said.exit_code == 2
    assert said.stdout == ""
    named = [line.split(" ")[0].removeprefix(PREFIX) for line in said.stderr.splitlines()]
    assert sorted(named) == [
        "AMAZON_LOGIN_URL",
        "CHECK_EVERY",
        "CONFIRM_AFTER",
        "HOME",
        "OWN_SELLERS",
        "WEB_PORT",
    ]
    assert "is wrong: there is no such marketplace; write a code like US or DE. (The" in said.stderr
    assert SECRET not in said.output
    assert list(folder.iterdir()) == []


LIBRARY = re.compile(
    "input|string|integer|boolean|delta|microsecond|pydantic|[a-z]Error", re.IGNORECASE
)
NONSENSE = ("often", "-1", "99999999", "PT0S", "?", "a=a", "http://[", "x" * 300)


def test_what_is_wrong_with_a_setting_is_told_in_no_words_of_a_library(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: set[str] = set()
    for given in NONSENSE:
        for part in SETTINGS:
            for field, name in variables(part).items():
                if part.model_fields[field].annotation is not SecretStr:
                    monkeypatch.setenv(name, given)
        told.update(cli("run").stderr.splitlines())
    assert len(told) > 20
    assert [line for line in told if LIBRARY.search(line) or UNREADABLE in line] == []


@pytest.mark.parametrize("command", ["doctor", "watch export"])
def test_a_file_of_settings_that_is_no_text(command: str, cli: Cli, folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xff\xfe\x00")
    said = cli(*command.split())
    assert said.exit_code == 2
    assert said.stderr == "The file .env is not UTF-8 text. Save it as UTF-8.\n"


@pytest.mark.parametrize("command", ["run", "check B0ALDER001"])
def test_without_credentials_it_says_which_and_what_else_there_is(command: str, cli: Cli) -> None:
    said = cli(*command.split())
    assert said.exit_code == 1
    for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"):
        assert f"{PREFIX}AMAZON_{name}" in said.stderr
    assert "python -m bot demo" in said.stderr


@pytest.mark.parametrize("command", ["demo", "watch export"])
def test_a_folder_that_cannot_be_made(
    command: str, cli: Cli, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "file").touch()
    use(monkeypatch, data_dir="file")
    said = cli(*command.split())
    assert said.exit_code == 1
    assert "Not a directory" in said.stderr
    assert said.stdout == ""
