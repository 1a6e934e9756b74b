"""All wizards by name. A new one is one file and one line here; no chat has to know of it."""

from __future__ import annotations

from bot.wizards.close import CLOSE
from bot.wizards.engine import Wizard
from bot.wizards.note import NOTE
from bot.wizards.snooze import SNOOZE
from bot.wizards.watch import WATCH

WIZARDS: dict[str, Wizard] = {wizard.id: wizard for wizard in (CLOSE, NOTE, SNOOZE, WATCH)}
