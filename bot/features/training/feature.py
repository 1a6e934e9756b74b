"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature
from bot.features.training.collections import LEARNINGS
from bot.features.training.commands import CLICKS, COMMANDS
from bot.features.training.service import tell

FEATURE = Feature(
    name="training",
    collections=(LEARNINGS,),
    commands=COMMANDS,
    buttons=CLICKS,
    todo=(tell,),
)
