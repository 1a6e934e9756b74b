"""What the feature brings."""

from __future__ import annotations

from bot.core.events import answers, on
from bot.core.feature import Feature
from bot.core.flows.ends import FlowEnd
from bot.core.permissions import Permission
from bot.features.cases.models.events import SignalsEnded
from bot.features.cases.models.queries import BecameOfCase
from bot.features.evidence.models.events import EvidenceChanged, OrdersMissing
from bot.features.reports.collections import REPORTS
from bot.features.reports.commands import buttons, reports
from bot.features.reports.commands.buttons import finish_answer, finish_edit, finish_filed
from bot.features.reports.commands.filing import finish_report
from bot.features.reports.flows.report import REPORT
from bot.features.reports.flows.text import ANSWER, EDIT_REPORT, FILED
from bot.features.reports.service.earlier import what_became
from bot.features.reports.service.jobs import jobs
from bot.features.reports.service.reports import note_removal, refresh_drafts, state_no_orders

FEATURE = Feature(
    name="reports",
    collections=(REPORTS,),
    commands=reports.COMMANDS,
    buttons=buttons.CLICKS,
    flows=(
        FlowEnd(REPORT, Permission.WORK_CASES, finish_report),
        FlowEnd(EDIT_REPORT, Permission.WORK_CASES, finish_edit),
        FlowEnd(FILED, Permission.WORK_CASES, finish_filed),
        FlowEnd(ANSWER, Permission.WORK_CASES, finish_answer),
    ),
    jobs=jobs,
    answers=(answers(BecameOfCase, what_became),),
    on=(
        on(EvidenceChanged, refresh_drafts),
        on(OrdersMissing, state_no_orders),
        on(SignalsEnded, note_removal),
    ),
)
