"""What the feature brings."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import on
from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.core.undo.models import Undone
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
from bot.features.watchlist.service.trusting import TrustEnding
from bot.features.watchlist.service.watching import follow_again

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
    buttons=watch.CLICKS,
    flows=(WATCH,),
    on=(on(Undone, follow_again),),
    periodic=(
        PeriodicTask(Work.OUTAGES, OutageWatch, DUE),
        PeriodicTask(Work.TRUST, TrustEnding, timedelta(minutes=5)),
    ),
)
