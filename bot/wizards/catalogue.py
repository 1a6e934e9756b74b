"""All wizards by name. A new one is one file and one line here; no chat has to know of it."""

from __future__ import annotations

from bot.wizards.close import CLOSE
from bot.wizards.engine import Wizard
from bot.wizards.snooze import SNOOZE
from bot.wizards.watch import WATCH

WIZARDS: dict[str, Wizard] = {wizard.id: wizard for wizard in (CLOSE, SNOOZE, WATCH)}
