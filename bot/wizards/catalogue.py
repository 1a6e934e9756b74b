"""All wizards by name. A new one is one file and one line here; no chat has to know of it."""

from __future__ import annotations

from bot.wizards.close import CLOSE
from bot.wizards.collect import COLLECT, DELETE
from bot.wizards.engine import Wizard
from bot.wizards.note import NOTE
from bot.wizards.register import PAPER, RIGHT
from bot.wizards.report import REPORT
from bot.wizards.report_text import ANSWER, EDIT_REPORT, FILED
from bot.wizards.snooze import SNOOZE
from bot.wizards.watch import WATCH

WIZARDS: dict[str, Wizard] = {
    wizard.id: wizard
    for wizard in (
        ANSWER,
        CLOSE,
        COLLECT,
        DELETE,
        EDIT_REPORT,
        FILED,
        NOTE,
        PAPER,
        REPORT,
        RIGHT,
        SNOOZE,
        WATCH,
    )
}
