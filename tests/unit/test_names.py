"""The product knows no chat platform, not even by name, outside of the chat's own folder."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from bot.bootstrap.chat_platforms import PLATFORMS

CHAT = re.compile("|".join(each.name for each in PLATFORMS), re.IGNORECASE)
PRODUCT = Path(bot.__file__).parent


def test_no_file_of_the_product_names_a_chat() -> None:
    texts = [path for path in PRODUCT.rglob("*") if path.suffix in {".py", ".md", ".toml", ".csv"}]
    assert [path for path in texts if CHAT.search(path.read_text("utf-8"))] == []


@pytest.mark.ci
def test_their_sdks_are_loaded_by_what_connects_alone() -> None:
    names = "{name.partition('.')[0] for name in sys.modules}"
    code = f"import sys, bot.bootstrap.chats; print(*{names})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"discord", "slack_sdk", "slack_bolt"} & set(said.stdout.split()) == set()


def test_a_chat_is_called_as_its_folder() -> None:
    folders = [file.parent.name for file in (PRODUCT.parent / "adapters").glob("*/platform.py")]
    assert [each.name for each in PLATFORMS] == sorted(folders)
