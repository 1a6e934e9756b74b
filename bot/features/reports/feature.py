"""What the feature brings."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import answers, on
from bot.core.feature import Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.core.undo.models import Undone
from bot.features.cases.models.events import (
    AccusedIn,
    BecameOfCase,
    ReportOfCase,
    ReportsOn,
    SignalsEnded,
    SignalsRaised,
    WordsRemoved,
)
from bot.features.evidence.models.events import EvidenceChanged, EvidenceOverdue, OrdersMissing
from bot.features.reports.collections import REPORTS
from bot.features.reports.commands import buttons, reports
from bot.features.reports.flows.answer import ANSWER
from bot.features.reports.flows.confirm import CONFIRM
from bot.features.reports.flows.discard import DISCARD
from bot.features.reports.flows.edit import EDIT_REPORT
from bot.features.reports.flows.filed import FILED
from bot.features.reports.flows.report import REPORT
from bot.features.reports.service.answers import (
    accused_in,
    report_of_case,
    reports_on,
    what_became,
)
from bot.features.reports.service.browsing import REPORTS_TABLE
from bot.features.reports.service.due_dates import due_reports
from bot.features.reports.service.follow_ups import FollowUps
from bot.features.reports.service.packets import delete_packets
from bot.features.reports.service.packing import jobs
from bot.features.reports.service.redacting import REPORT_WORDS, remove_words
from bot.features.reports.service.removals import note_removal, note_return
from bot.features.reports.service.reports import refresh_drafts, state_no_orders
from bot.features.reports.service.trusting import follow_trust
from bot.features.reports.service.undoing import follow_undone
from bot.features.watchlist.models.events import TrustChanged

FEATURE = Feature(
    name="reports",
    collections=(REPORTS,),
    commands=reports.COMMANDS,
    buttons=buttons.CLICKS,
    flows=(REPORT, CONFIRM, DISCARD, EDIT_REPORT, FILED, ANSWER),
    tables=(REPORTS_TABLE,),
    jobs=jobs,
    periodic=(PeriodicTask(Work.FOLLOW_UPS, FollowUps, timedelta(minutes=5)),),
    answers=(
        answers(AccusedIn, accused_in),
        answers(BecameOfCase, what_became),
        answers(ReportOfCase, report_of_case),
        answers(ReportsOn, reports_on),
    ),
    due=(due_reports,),
    redactable=(REPORT_WORDS,),
    on=(
        on(EvidenceChanged, refresh_drafts),
        on(EvidenceOverdue, delete_packets),
        on(OrdersMissing, state_no_orders),
        on(SignalsEnded, note_removal),
        on(SignalsRaised, note_return),
        on(TrustChanged, follow_trust),
        on(Undone, follow_undone),
        on(WordsRemoved, remove_words),
    ),
)
