"""What the core itself keeps, does and answers, told like a feature."""

from __future__ import annotations

from bot.core import waiting_messages
from bot.core.chart_jobs import jobs
from bot.core.collections import COLLECTIONS
from bot.core.feature import Feature
from bot.core.migrations import MIGRATIONS
from bot.core.periodic import DUE, PeriodicTask
from bot.core.scheduler import Work
from bot.core.sweeping import Sweeping
from bot.core.undo import undoing

FEATURE = Feature(
    name="core",
    collections=COLLECTIONS,
    migrations=MIGRATIONS,
    buttons=(*waiting_messages.CLICKS, *undoing.CLICKS),
    jobs=jobs,
    periodic=(PeriodicTask(Work.SWEEP, Sweeping, DUE),),
)
