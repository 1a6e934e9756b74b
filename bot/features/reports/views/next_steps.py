"""What is to be done about a report, in words."""

from __future__ import annotations

from bot.features.reports.models.reports import Report, ReportState


def question(report: Report) -> str:
    """Say what is to be done about the report, as it stands."""
    if report.state in (ReportState.REFUSED, ReportState.PARTLY):
        return _escalation(report)
    if report.state is ReportState.FILED and not report.complaint:
        return "Has Amazon assigned a complaint ID? Add it."
    return _QUESTIONS.get(report.state, "Nothing to do.")


_QUESTIONS = {
    ReportState.DRAFT: "Fix the issues listed, then ask a colleague to confirm the report.",
    ReportState.CONFIRMED: (
        "The report is confirmed but not filed yet. File it, then press 'I filed it'."
    ),
    ReportState.FILED: "Has Amazon answered? Check Brand Registry or your messages.",
    ReportState.REVIEW: "Has Amazon answered? Check Brand Registry or your messages.",
    ReportState.WANTED: (
        "Amazon wants more from you, such as authorization documents. Send it as soon as you can."
    ),
    ReportState.ACCEPTED: (
        "Amazon accepted the report. The next checks show when the offer is gone. If it is "
        "still there after a few days, ask Amazon and quote the complaint ID."
    ),
}


def _escalation(report: Report) -> str:
    """Say what comes next after Amazon did not accept it: more evidence, a case, a lawyer."""
    advice = f"{report.refusal.advice} " if report.refusal else ""
    if report.refiles is None:
        return f"{advice}File it again with more evidence."
    return (
        f"{advice}This was the second try. Open a Brand Registry case with both complaint IDs, "
        "or take the evidence packet to a lawyer."
    )
