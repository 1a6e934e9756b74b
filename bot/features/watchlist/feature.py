"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature
from bot.core.periodic import DUE, PeriodicTask
from bot.core.scheduler import Work
from bot.features.watchlist.collections import (
    HISTORIES,
    SELLERS,
    SKU_CHECKS,
    SOURCE_FAULTS,
    STATUSES,
    WATCHES,
)
from bot.features.watchlist.commands import check, watch
from bot.features.watchlist.flows.watch import WATCH
from bot.features.watchlist.service.outages import OutageWatch

FEATURE = Feature(
    name="watchlist",
    collections=(
        WATCHES,
        STATUSES,
        HISTORIES,
        SELLERS,
        SOURCE_FAULTS,
        SKU_CHECKS,
    ),
    commands=(*watch.COMMANDS, *check.COMMANDS),
    flows=(WATCH,),
    periodic=(PeriodicTask(Work.OUTAGES, OutageWatch, DUE),),
)
