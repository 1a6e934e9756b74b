"""How Slack makes an app of the team's own, with every permission and command that it needs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from adapters.slack.manifest import manifest, manifest_url
from bot.core.chat_platform import AppForm
from bot.core.request import CommandSpec


def app_form(commands: Sequence[CommandSpec]) -> AppForm:
    """Return how an app is made that has these commands."""
    written = json.dumps(manifest(commands), indent=2, ensure_ascii=False)
    return AppForm(manifest_url(commands), written)
