"""Everything that evidence brings to the application."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import answers, on
from bot.core.feature import Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.core.spots import PictureWanted
from bot.core.undo.models import Undone
from bot.features.cases.models.events import (
    CaseClosed,
    EvidenceWanted,
    LostByClosing,
    WordsRemoved,
)
from bot.features.evidence.collections import (
    COMPARISONS,
    CUSTODY,
    EVIDENCE_ITEMS,
    EVIDENCE_LOGS,
    PLANNED_BUYS,
    STAMPS,
    VAULT_ANCHORS,
)
from bot.features.evidence.commands import comparing, evidence, note, test_buys
from bot.features.evidence.flows.collect import COLLECT, PLAN_TEST_BUY
from bot.features.evidence.flows.compare import COMPARE, DIFFERENCE
from bot.features.evidence.flows.delete import DELETE
from bot.features.evidence.flows.note import NOTE
from bot.features.evidence.flows.test_buys import ARRIVED, ORDERED
from bot.features.evidence.service.comparing import picture_of
from bot.features.evidence.service.deleting import Retention, remove_words
from bot.features.evidence.service.due_dates import due_buys
from bot.features.evidence.service.ended_plans import lost_by_closing, show_again
from bot.features.evidence.service.evidence import needs_of
from bot.features.evidence.service.jobs import jobs
from bot.features.evidence.service.planning import end_closed, tell_buyer
from bot.features.evidence.service.uploads import ingest
from bot.features.evidence.service.verifying import Verification

FEATURE = Feature(
    name="evidence",
    collections=(
        EVIDENCE_ITEMS,
        CUSTODY,
        EVIDENCE_LOGS,
        STAMPS,
        VAULT_ANCHORS,
        COMPARISONS,
        PLANNED_BUYS,
    ),
    commands=(*note.COMMANDS, *evidence.COMMANDS),
    buttons=(*evidence.CLICKS, *comparing.CLICKS, *note.CLICKS, *test_buys.CLICKS),
    flows=(COLLECT, COMPARE, DIFFERENCE, DELETE, NOTE, PLAN_TEST_BUY, ORDERED, ARRIVED),
    due=(due_buys,),
    todo=(tell_buyer,),
    jobs=jobs,
    periodic=(
        PeriodicTask(Work.RETENTION, Retention, timedelta(hours=1)),
        PeriodicTask(Work.VERIFY, Verification, timedelta(hours=1)),
    ),
    ingest=ingest,
    answers=(
        answers(EvidenceWanted, needs_of),
        answers(PictureWanted, picture_of),
        answers(LostByClosing, lost_by_closing),
    ),
    on=(on(WordsRemoved, remove_words), on(CaseClosed, end_closed), on(Undone, show_again)),
)
