"""What the feature brings."""

from __future__ import annotations

from datetime import timedelta

from bot.core.feature import Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.features.copycats import commands
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.service.asking import CopycatsWeekly
from bot.features.copycats.service.jobs import jobs

FEATURE = Feature(
    name="copycats",
    collections=(CANDIDATES, SEARCHES),
    commands=commands.COMMANDS,
    buttons=commands.CLICKS,
    jobs=jobs,
    periodic=(PeriodicTask(Work.COPYCATS, CopycatsWeekly, timedelta(minutes=1)),),
)
