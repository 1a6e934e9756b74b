"""What the feature brings."""

from __future__ import annotations

from bot.core.events import on
from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.features.cases.models.events import CaseBeganAgain, CaseClosed, CaseReopened
from bot.features.checklists.collections import DECISIONS, ITEM_STATUSES, RUNS, SCORES
from bot.features.checklists.commands import answering, playbooks, security
from bot.features.checklists.flows.changes import ITEM_CHANGE
from bot.features.checklists.flows.items import ITEM_PROBLEM, ITEM_PROOF
from bot.features.checklists.service import waiting
from bot.features.checklists.service.browsing import GUARD_TABLE
from bot.features.checklists.service.charts import SCORE, score_pictures
from bot.features.checklists.service.due_dates import due_checklists
from bot.features.checklists.service.posting import resume_playbooks
from bot.features.checklists.service.problems import solved, unsolved
from bot.features.checklists.service.redacting import RUN_WORDS
from bot.features.checklists.service.redacting_decisions import DECISION_WORDS
from bot.features.checklists.service.rounds import ChecklistJob

FEATURE = Feature(
    name="checklists",
    collections=(
        RUNS,
        ITEM_STATUSES,
        SCORES,
        DECISIONS,
    ),
    commands=security.COMMANDS,
    buttons=(*answering.CLICKS, *playbooks.CLICKS, *security.CLICKS),
    flows=(ITEM_CHANGE, ITEM_PROBLEM, ITEM_PROOF),
    periodic=(PeriodicTask(Work.ROUNDS, ChecklistJob, DUE),),
    tables=(GUARD_TABLE,),
    charts={SCORE: score_pictures},
    due=(due_checklists,),
    todo=(waiting.tell,),
    redactable=(RUN_WORDS, DECISION_WORDS),
    on=(
        on(CaseBeganAgain, resume_playbooks),
        on(CaseReopened, unsolved),
        on(CaseClosed, solved),
    ),
)
