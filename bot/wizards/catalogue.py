"""All wizards by name. A new one is one file and one line here; no chat has to know of it."""

from __future__ import annotations

from bot.wizards.attack import ATTACK
from bot.wizards.buyer import BUYER, BUYER_TEXT
from bot.wizards.checklist import ITEM_PROBLEM, ITEM_PROOF
from bot.wizards.close import CLOSE
from bot.wizards.collect import COLLECT, DELETE
from bot.wizards.decide import DECIDE, LEAVE
from bot.wizards.engine import Wizard
from bot.wizards.letters import LETTER_ANSWER, LETTER_SENT
from bot.wizards.note import NOTE
from bot.wizards.register import PAPER, RIGHT
from bot.wizards.report import REPORT
from bot.wizards.report_text import ANSWER, EDIT_REPORT, FILED
from bot.wizards.snooze import SNOOZE
from bot.wizards.support import SUPPORT, SUPPORT_TEXT
from bot.wizards.watch import WATCH

WIZARDS: dict[str, Wizard] = {
    wizard.id: wizard
    for wizard in (
        ANSWER,
        ATTACK,
        BUYER,
        BUYER_TEXT,
        CLOSE,
        COLLECT,
        DECIDE,
        DELETE,
        EDIT_REPORT,
        FILED,
        ITEM_PROBLEM,
        ITEM_PROOF,
        LEAVE,
        LETTER_ANSWER,
        LETTER_SENT,
        NOTE,
        PAPER,
        REPORT,
        RIGHT,
        SNOOZE,
        SUPPORT,
        SUPPORT_TEXT,
        WATCH,
    )
}
