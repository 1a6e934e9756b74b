"""What is to be done about a report, in words."""

from __future__ import annotations

from bot.features.reports.models.reports import Report, ReportState


def question(report: Report) -> str:
    """Say what is to be done about the report, as it stands."""
    if report.state in (ReportState.REFUSED, ReportState.PARTLY):
        return _escalation(report)
    if report.state is ReportState.FILED and not report.complaint:
        return "Has Amazon given it a complaint ID? Add it."
    return _QUESTIONS.get(report.state, "Nothing to do.")


_QUESTIONS = {
    ReportState.DRAFT: "Fix the points listed, then ask a colleague to confirm it.",
    ReportState.CONFIRMED: "It is confirmed and not filed yet. File it, then press 'I filed it'.",
    ReportState.FILED: "Has Amazon answered? Look into Brand Registry or your messages.",
    ReportState.REVIEW: "Has Amazon answered? Look into Brand Registry or your messages.",
    ReportState.WANTED: (
        "Amazon wants more from you, such as authorization documents. Send it in time."
    ),
    ReportState.ACCEPTED: (
        "Accepted. The next checks tell when the offer is gone; if it stays for days, quote the "
        "complaint ID and ask."
    ),
}


def _escalation(report: Report) -> str:
    """Say what comes next after Amazon did not accept it: more evidence, a case, a lawyer."""
    advice = f"{report.refusal.advice} " if report.refusal else ""
    if report.refiles is None:
        return f"{advice}Then file it again with more evidence."
    return (
        f"{advice}It is the second try: open a Brand Registry case with both complaint IDs, "
        "or take the packet to a lawyer."
    )
