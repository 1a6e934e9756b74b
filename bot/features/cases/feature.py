"""What the feature brings."""

from __future__ import annotations

from bot.core.dispatch.messages import WhatToType, WhichAreOver
from bot.core.events import answers, on
from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.core.undo.models import Undone, UndoOver
from bot.features.cases.collections import (
    AFFECTED,
    ALERT_GROUPS,
    ASKED_OFFERS,
    ASSIGNMENTS,
    CALL_NIGHTS,
    CASES,
    ENTRIES,
    ESCALATIONS,
    FORGOTTEN_SELLERS,
    SELLER_FACTS,
    SELLER_NOTES,
    SELLER_PROFILES,
    UNREAD_FACTS,
    UNREAD_SELLER_PAGES,
)
from bot.features.cases.commands import bulk, buttons, cases, redact, seller_notes, sellers
from bot.features.cases.flows.assign import ASSIGN
from bot.features.cases.flows.authorise import AUTHORISE
from bot.features.cases.flows.bulk import (
    ACKNOWLEDGE_CASES,
    ASSIGN_CASES,
    CLOSE_CASES,
    SNOOZE_CASES,
)
from bot.features.cases.flows.close import CLOSE, REOPEN
from bot.features.cases.flows.redact import REDACT
from bot.features.cases.flows.seller_note import SELLER_NOTE
from bot.features.cases.flows.snooze import SNOOZE
from bot.features.cases.migrations import MIGRATIONS
from bot.features.cases.models.events import SignalsRaised
from bot.features.cases.service.browsing import CASES_TABLE
from bot.features.cases.service.due_dates import due_cases
from bot.features.cases.service.escalating import Escalating, watch_unseen
from bot.features.cases.service.following import follow_room
from bot.features.cases.service.jobs import ask_third_party, jobs
from bot.features.cases.service.lookup import what_to_type, which_are_over
from bot.features.cases.service.notes_table import NOTES_TABLE
from bot.features.cases.service.offering import take_off_undo
from bot.features.cases.service.redacting import ENTRY_WORDS
from bot.features.cases.service.redacting_sellers import SELLER_WORDS
from bot.features.cases.service.reminding import Reminding
from bot.features.cases.service.seller_table import SELLERS_TABLE
from bot.features.cases.service.settling import settle_narrowed, settle_unwatched
from bot.features.cases.service.undoing import follow_undone
from bot.features.cases.service.waking import Waking
from bot.features.watchlist.models.events import WatchEnded, WatchNarrowed

FEATURE = Feature(
    name="cases",
    collections=(
        CASES,
        AFFECTED,
        ENTRIES,
        ALERT_GROUPS,
        ESCALATIONS,
        CALL_NIGHTS,
        ASSIGNMENTS,
        SELLER_PROFILES,
        UNREAD_SELLER_PAGES,
        SELLER_FACTS,
        UNREAD_FACTS,
        FORGOTTEN_SELLERS,
        ASKED_OFFERS,
        SELLER_NOTES,
    ),
    migrations=MIGRATIONS,
    commands=(*cases.COMMANDS, *sellers.COMMANDS, *redact.COMMANDS),
    buttons=(*buttons.CLICKS, *bulk.CLICKS, *seller_notes.CLICKS),
    flows=(
        *(ASSIGN, AUTHORISE, CLOSE, REOPEN, SNOOZE, REDACT, SELLER_NOTE),
        *(ACKNOWLEDGE_CASES, ASSIGN_CASES, CLOSE_CASES, SNOOZE_CASES),
    ),
    tables=(CASES_TABLE, SELLERS_TABLE, NOTES_TABLE),
    jobs=jobs,
    # An entry is named by any two words that are no other label: it comes last.
    redactable=(SELLER_WORDS, ENTRY_WORDS),
    periodic=(
        PeriodicTask(Work.SNOOZES, Waking, DUE),
        PeriodicTask(Work.ESCALATIONS, Escalating, DUE),
        PeriodicTask(Work.REMINDERS, Reminding, DUE),
    ),
    due=(due_cases,),
    moved=follow_room,
    answers=(answers(WhichAreOver, which_are_over), answers(WhatToType, what_to_type)),
    on=(
        on(WatchEnded, settle_unwatched),
        on(WatchNarrowed, settle_narrowed),
        on(Undone, follow_undone),
        on(UndoOver, take_off_undo),
        on(SignalsRaised, ask_third_party),
        on(SignalsRaised, watch_unseen),
    ),
)
