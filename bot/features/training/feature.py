"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.features.training.collections import LEARNINGS
from bot.features.training.commands import CLICKS, COMMANDS
from bot.features.training.service import Lessons, tell

FEATURE = Feature(
    name="training",
    collections=(LEARNINGS,),
    commands=COMMANDS,
    buttons=CLICKS,
    periodic=(PeriodicTask(Work.LESSONS, Lessons, DUE),),
    todo=(tell,),
)
