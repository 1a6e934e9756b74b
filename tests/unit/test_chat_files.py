"""One role has one file name in each chat's adapter, so that who knows one finds all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

import adapters

FOLDER = Path(adapters.__file__).parent
CHATS: Mapping[str, frozenset[str]] = {
    place.parent.name: frozenset(file.stem for file in place.parent.glob("*.py")) - {"__init__"}
    for place in sorted(FOLDER.glob("*/outbound.py"))
}
"""The files of each adapter that posts: its chats."""

MUST: Mapping[str, str] = {
    "connection": "with what one connects, and what stays connected",
    "inbound": "what people do, as interactions",
    "answers": "what a person gets back",
    "outbound": "messages: posted, edited and found",
    "render": "cards as the chat's messages",
    "forms": "a flow's step, and what was typed there",
    "uploads": "files that people hand in",
    "attachments": "files that a message shows",
}
"""What each chat has, and what it is."""

MAY: Mapping[str, tuple[str, str]] = {
    "listener": ("takes what the SDK delivers", "aiohttp calls inbound and pages itself"),
    "reconnecting": ("how often a lost connection is tried", "the browser connects by itself"),
    "calls": ("what is asked of the platform, and fails", "there is no platform to ask"),
    "refusals": ("what the platform's refusals mean", "our own page refuses nothing"),
    "history": ("finds our messages in the chat's history", "the store finds them by their key"),
    "channel_access": ("whether alerts can come to the channel", "its one channel takes them"),
    "membership": ("who sees the channel for alerts", "the program names who opens it"),
    "manifest": ("the commands and permissions that the chat is asked for", "nobody is asked"),
    "quotes": ("words and files of a message that is kept", "people write no messages there"),
    "markup": ("what people write, without the chat's markup", "it has no markup"),
    "diagnostics": ("what the doctor finds", "it needs no account"),
    "calling": ("whom a message calls, in the chat's markup", "it shows names alone"),
    "targets": ("whom a setting names", "whoever worked here is known by name"),
    "platform": ("the chat's settings, and how it is put together", "it is always there"),
}
"""What a chat has if it needs it, what it is, and why the page has none."""

OWN: Mapping[str, Mapping[str, str]] = {
    "slack": {
        "app_form": "Slack alone makes an app of a manifest",
        "block_kit": "Slack's blocks are plain JSON: discord.py has classes for its parts",
        "buttons": "Slack's elements are plain JSON: discord.py has a view of them",
        "origin": "a delivery is plain JSON: discord.py and aiohttp have objects",
        "callbacks": "where no socket may be opened, Slack calls us",
        "people": "Slack has to be asked who somebody is",
    },
    "discord": {
        "once": "discord.py repeats what fails",
        "registration": "the program registers its commands itself",
        "troubles": "events come in bursts",
        "unreadable_events": "discord.py ends at an event that it cannot read",
    },
    "web": {
        "addresses": "what is asked of a table, shared as an address",
        "auth": "no platform says who somebody is",
        "browsing": "tables to look through have no place in a chat",
        "calendar": "a calendar file is saved from an address",
        "filters": "for its templates",
        "live": "open pages hear of changes",
        "messages": "it keeps its messages itself",
        "pages": "it is read at addresses",
        "policy": "a browser has to be told what it may load",
        "prices": "it shows a picture with a table beside it",
        "product_pictures": "chats load pictures themselves, and Amazon would see who looks here",
        "site": "what it is told when it starts",
        "statics": "a browser keeps the files of a page",
    },
}
"""What a chat alone has, and why."""


def test_the_chats_are_found() -> None:
    assert CHATS.keys() >= {"slack", "discord", "web"}


@pytest.mark.parametrize("chat", CHATS)
def test_a_chat_has_what_each_has(chat: str) -> None:
    assert MUST.keys() - CHATS[chat] == set()


@pytest.mark.parametrize("chat", CHATS)
def test_what_a_chat_alone_has_is_listed_with_its_reason(chat: str) -> None:
    assert CHATS[chat] - MUST.keys() - MAY.keys() == OWN.get(chat, {}).keys()


def test_what_several_have_is_no_chats_own() -> None:
    counts = Counter(name for names in CHATS.values() for name in names)
    assert {name for name in counts if counts[name] > 1} == {*MUST, *MAY}


def test_the_page_has_what_it_needs_alone() -> None:
    assert MAY.keys() & CHATS["web"] == set()
