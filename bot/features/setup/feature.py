"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.features.setup.collections import FIRST_RUNS, TRIAL_ALERTS
from bot.features.setup.commands import BUTTONS, COMMANDS
from bot.features.setup.service.following import PERIOD, SetupFollowing

FEATURE = Feature(
    name="setup",
    collections=(FIRST_RUNS, TRIAL_ALERTS),
    commands=COMMANDS,
    buttons=BUTTONS,
    periodic=(PeriodicTask(Work.SETUP, SetupFollowing, PERIOD),),
)
