"""What the core itself keeps, does and answers, told like a feature."""

from __future__ import annotations

from datetime import timedelta

from bot.core import chart_jobs, forgetting, waiting_messages
from bot.core.collections import COLLECTIONS
from bot.core.context import AppContext
from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.flows.confirming import CONFIRM_ACT
from bot.core.job_handlers import JobHandler
from bot.core.migrations import MIGRATIONS
from bot.core.scheduler import Work
from bot.core.sweeping import Sweeping
from bot.core.undo import undoing
from bot.core.vault_sweep import VaultSweep


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return what does the core's own jobs."""
    return {**chart_jobs.jobs(app), **forgetting.jobs(app)}


FEATURE = Feature(
    name="core",
    collections=COLLECTIONS,
    migrations=MIGRATIONS,
    buttons=(*waiting_messages.CLICKS, *undoing.CLICKS),
    flows=(CONFIRM_ACT,),
    jobs=jobs,
    periodic=(
        PeriodicTask(Work.SWEEP, Sweeping, DUE),
        PeriodicTask(Work.VAULT, VaultSweep, timedelta(hours=1)),
    ),
)
