"""Each chat has a page that says how to set it up, and the README leads there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap.chat_platforms import PLATFORMS, variables
from bot.core.chat_platform import ChatPlatform

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_a_chats_page_says_what_to_set(platform: ChatPlatform[Any]) -> None:
    page = f"docs/{platform.name}.md"
    text = (ROOT / page).read_text("utf-8")
    assert any(name in text for name in variables(platform.settings).values())
    assert f"]({page})" in README
