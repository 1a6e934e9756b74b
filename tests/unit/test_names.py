"""The core knows no platform, not even by name."""

from __future__ import annotations

import re
from pathlib import Path

import bot

CHAT = re.compile("slack|discord", re.IGNORECASE)
CORE = Path(bot.__file__).parent
PUT_TOGETHER = {CORE / "settings.py", CORE / "bootstrap" / "chats.py"}
"""Where chats are configured and connected."""


def test_no_chat_is_named_but_where_chats_are_put_together() -> None:
    texts = {path for path in CORE.rglob("*") if path.suffix in {".py", ".md", ".toml", ".csv"}}
    named = {path for path in texts if CHAT.search(path.read_text("utf-8"))}
    assert named == PUT_TOGETHER
