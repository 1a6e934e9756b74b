"""Where reports are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.reports.models.reports import Report

REPORTS = Collection[Report](
    "reports",
    Report,
    lambda report: report.key,
    ("case", "open", "seller"),
    packed=True,
    audited=("state",),
)
