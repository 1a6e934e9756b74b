"""All flows by name. A new one is one file and one line here; no chat has to know of it."""

from __future__ import annotations

from bot.core.flows.engine import Flow
from bot.features.attacks.flows import ATTACK
from bot.features.cases.flows.close import CLOSE
from bot.features.cases.flows.snooze import SNOOZE
from bot.features.checklists.flows import ITEM_PROBLEM, ITEM_PROOF
from bot.features.evidence.flows.collect import COLLECT, DELETE
from bot.features.evidence.flows.note import NOTE
from bot.features.letters.flows.buyer import BUYER, BUYER_TEXT
from bot.features.letters.flows.letters import LETTER_ANSWER, LETTER_SENT
from bot.features.letters.flows.support import SUPPORT, SUPPORT_TEXT
from bot.features.reports.flows.report import REPORT
from bot.features.reports.flows.text import ANSWER, EDIT_REPORT, FILED
from bot.features.reviews.flows import DECIDE, LEAVE
from bot.features.rights.flows import PAPER, RIGHT
from bot.features.watchlist.flows.watch import WATCH

FLOWS: dict[str, Flow] = {
    flow.id: flow
    for flow in (
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
