"""Where the first run and its test alerts are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.setup.models import FirstRun, TrialAlert

FIRST_RUNS = Collection[FirstRun]("first_runs", FirstRun, lambda first: first.name)
"""One document, or none before the setup began."""
TRIAL_ALERTS = Collection[TrialAlert](
    "trial_alerts", TrialAlert, lambda alert: alert.id, ("open",), audited=("seen_at",)
)
"""Test alerts that are still shown."""
