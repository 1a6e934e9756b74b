"""What the feature brings."""

from __future__ import annotations

from bot.core.events import on
from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.redactable import TextsRemoved
from bot.core.scheduler import Work
from bot.features.reviews import commands
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.flows import DECIDE, LEAVE
from bot.features.reviews.service.redacting import POINT_WORDS, remove_quotes
from bot.features.reviews.service.reviewing import Reviews, jobs
from bot.features.reviews.service.waiting import tell

FEATURE = Feature(
    name="reviews",
    collections=(REVIEWS,),
    commands=commands.COMMANDS,
    buttons=commands.CLICKS,
    flows=(DECIDE, LEAVE),
    jobs=jobs,
    todo=(tell,),
    redactable=(POINT_WORDS,),
    on=(on(TextsRemoved, remove_quotes),),
    periodic=(PeriodicTask(Work.REVIEWS, Reviews, DUE),),
)
