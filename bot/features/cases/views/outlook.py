"""What usually comes next with a case, in one line by how far it is."""

from __future__ import annotations

from bot.core.amazon_retail import amazon_itself
from bot.core.findings import PAGE_CHANGES, SOLVABLE
from bot.core.interface import listed, tr
from bot.features.cases.models.cases import Case
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.next_steps import WITH_PLAYBOOK


def outlook(case: Case, view: CaseContext) -> str:
    """Return what comes next; empty where nothing does."""
    if not case.open:
        return ""
    report = view.reports.get(case.key)
    if report and report.todo:
        return report.todo
    if not case.going_on:
        return tr("Close the case, or leave it: if the problem starts again, this card shows it.")
    if case.snoozed(view.now):
        return tr("The case comes back by itself when the snooze ends.")
    return _of_problem(case, view)


def _of_problem(case: Case, view: CaseContext) -> str:
    kinds = case.tally.active.keys()
    if kinds & PAGE_CHANGES:
        return tr("Say whose change it was: 'It was us' approves it, 'Not us' starts a playbook.")
    if case.acknowledged_by is None:
        return tr("Acknowledge it, so that your team knows who is on it. Then collect evidence.")
    if kinds and kinds <= SOLVABLE:
        return tr("Work through it in the thread, and close the case when it is solved.")
    if kinds and kinds <= WITH_PLAYBOOK:
        return tr("Start the playbook: it leads you through the steps.")
    return _of_report(case, view)


def _of_report(case: Case, view: CaseContext) -> str:
    amazon = amazon_itself(case.seller, case.marketplace)
    if not case.asins or (amazon is not None and amazon.sure):
        return tr("Collect what you know in the thread, and close the case when it is settled.")
    wanted = view.needs.get(case.key, ())
    if not wanted:
        return tr("Collect evidence, then file a report.")
    missing = [need.label for need in wanted if not need.met]
    if missing:
        return tr(
            "Collect evidence, then file a report. Still missing: {all}.", all=listed(*missing)
        )
    return tr("File a report: a few questions lead to the right Amazon form.")
