"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature
from bot.core.flows.ends import FlowEnd
from bot.core.permissions import Permission
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.commands import deciding, review
from bot.features.reviews.commands.deciding import finish_decide, finish_leave
from bot.features.reviews.flows import DECIDE, LEAVE
from bot.features.reviews.service.jobs import jobs

FEATURE = Feature(
    name="reviews",
    collections=(REVIEWS,),
    commands=review.COMMANDS,
    buttons=deciding.CLICKS,
    flows=(
        FlowEnd(DECIDE, Permission.WORK_CASES, finish_decide),
        FlowEnd(LEAVE, Permission.WORK_CASES, finish_leave),
    ),
    jobs=jobs,
    todo=(deciding.tell,),
)
