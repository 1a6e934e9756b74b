"""The app's manifest, made from the table of commands. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from adapters.slack.block_kit import Json
from adapters.slack.channel_access import EVENTS as HAPPENINGS
from adapters.slack.render import NAME
from bot.core.offered_commands import BRAND
from bot.core.request import CommandSpec

RESERVED = frozenset(
    {
        *("active", "apps", "archive", "away", "call", "canvas", "close", "collapse", "dm", "dnd"),
        *("expand", "feed", "feedback", "help", "huddle", "invite", "join", "keys", "kick"),
        *("leave", "list", "me", "msg", "mute", "open", "part", "prefs", "remind", "remove"),
        *("rename", "search", "shortcuts", "shrug", "star", "status", "topic", "who"),
    }
)
"""Names that Slack keeps for itself, or may; `/brand help` reaches them."""
SCOPES = {
    "app_mentions:read": "read '@Brandwarden note ...' in a thread",
    "channels:read": "notice when it is invited or removed, read the channel's name, and see "
    "whether anyone can join it",
    "groups:read": "the same in private channels, and see who is in the one for alerts",
    "channels:history": "see photos in a case's thread, and whether a message was already posted",
    "groups:history": "the same in private channels",
    "chat:write": "post alerts and replies",
    "commands": "add /brand and the commands beside it",
    "files:read": "save pictures from forms and messages as evidence",
    "files:write": "post evidence and evidence packets",
    "im:history": "see whether a reminder was already sent",
    "im:write": "remind people of their cases in private",
    "reactions:read": "acknowledge an alert when someone reacts with :eyes:",
    "usergroups:read": "see who is in the user groups named in the settings, and mention one",
    "users:read": "see names, and who is an admin or a guest",
}
"""Each permission, and what it is for."""
HOME = {
    "home_tab_enabled": True,
    # An answer comes there if there is no channel for it.
    "messages_tab_enabled": True,
    "messages_tab_read_only_enabled": True,
}
EVENTS = (
    *("app_home_opened", "app_mention", "message.channels", "message.groups", "reaction_added"),
    *HAPPENINGS,
)


def manifest(specs: Iterable[CommandSpec]) -> Json:
    """Return the manifest with which Slack makes the app: `/brand`, and what stands beside it."""
    commands = [_command(spec) for spec in specs if _stands_alone(spec)]
    everything = {
        "command": f"/{BRAND}",
        "description": "All commands: /brand help lists them",
        "usage_hint": "help",
    }
    note = {
        "name": "Add to case",
        "type": "message",
        "callback_id": "add-to-case",
        "description": "Add this message to a case",
    }
    attack = {
        "name": "Log an attack",
        "type": "global",
        "callback_id": "attack",
        "description": "Log an attack in 30 seconds",
    }
    return {
        "display_information": {"name": NAME, "description": "Watches your Amazon listings."},
        "features": {
            "app_home": HOME,
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [note, attack],
            "slash_commands": [everything, *commands],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": True,
            "socket_mode_enabled": True,
        },
    }


def spelling(specs: Iterable[CommandSpec]) -> dict[str, str]:
    """Return how those commands are typed that do not stand alone, by name."""
    return {spec.name: f"/{BRAND} {spec.name}" for spec in specs if not _stands_alone(spec)}


def manifest_url(specs: Iterable[CommandSpec]) -> str:
    """Return the link that makes the app."""
    text = json.dumps(manifest(specs), separators=(",", ":"))
    return f"https://api.slack.com/apps?new_app=1&manifest_json={quote(text)}"


def _stands_alone(spec: CommandSpec) -> bool:
    return spec.alone and spec.name not in RESERVED


def _command(spec: CommandSpec) -> Json:
    hint = spec.usage.partition(" ")[2]
    shown: Json = {
        "command": f"/{spec.name}",
        "description": spec.summary,
    }
    return {**shown, "usage_hint": hint} if hint else shown
