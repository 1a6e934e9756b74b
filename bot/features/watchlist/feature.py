"""What the feature brings."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import answers, on
from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.core.undo.models import Undone
from bot.features.watchlist.collections import (
    ACCOUNT_RECORDS,
    BRAND_PRODUCTS,
    CONDITION_HISTORIES,
    FIRST_LOOKS,
    HEARD_NOTIFICATIONS,
    HISTORIES,
    KNOWN_LISTINGS,
    LISTING_RECORDS,
    LISTINGS_PREVIEWS,
    PRICE_BLOCKS,
    PUSH_STATES,
    SELLERS,
    SKU_CHECKS,
    SOURCE_FAULTS,
    STATUSES,
    UNREADABLE_MESSAGES,
    WATCHES,
)
from bot.features.watchlist.commands import check, conditions, own_listings, prices, watch
from bot.features.watchlist.flows.watch import WATCH
from bot.features.watchlist.models.price_queries import HistoryOf
from bot.features.watchlist.service.asking_listings import ListingsDaily
from bot.features.watchlist.service.conditions import NarrowedWatches
from bot.features.watchlist.service.first_looks_news import PERIOD, FirstLooksNews
from bot.features.watchlist.service.first_problems import FirstProblems
from bot.features.watchlist.service.jobs import jobs
from bot.features.watchlist.service.outages import OutageWatch
from bot.features.watchlist.service.price_charts import PRICES, price_pictures, shown_prices
from bot.features.watchlist.service.price_records import PricePruning
from bot.features.watchlist.service.trusting import TrustEnding
from bot.features.watchlist.service.watching import follow_again

FEATURE = Feature(
    name="watchlist",
    collections=(
        WATCHES,
        STATUSES,
        HISTORIES,
        PRICE_BLOCKS,
        CONDITION_HISTORIES,
        SELLERS,
        SOURCE_FAULTS,
        SKU_CHECKS,
        KNOWN_LISTINGS,
        LISTINGS_PREVIEWS,
        LISTING_RECORDS,
        ACCOUNT_RECORDS,
        BRAND_PRODUCTS,
        FIRST_LOOKS,
        HEARD_NOTIFICATIONS,
        UNREADABLE_MESSAGES,
        PUSH_STATES,
    ),
    commands=(*watch.COMMANDS, *check.COMMANDS, *prices.COMMANDS, *conditions.COMMANDS),
    buttons=(*watch.CLICKS, *own_listings.CLICKS, *prices.CLICKS),
    flows=(WATCH,),
    jobs=jobs,
    charts={PRICES: price_pictures},
    on=(on(Undone, follow_again),),
    answers=(answers(HistoryOf, shown_prices),),
    periodic=(
        PeriodicTask(Work.OUTAGES, OutageWatch, DUE),
        PeriodicTask(Work.PROBLEMS, FirstProblems, DUE),
        PeriodicTask(Work.FIRST_LOOKS, FirstLooksNews, PERIOD),
        PeriodicTask(Work.LISTINGS, ListingsDaily, timedelta(hours=1)),
        PeriodicTask(Work.CONDITIONS, NarrowedWatches, timedelta(hours=1)),
        PeriodicTask(Work.PRICES, PricePruning, timedelta(days=1)),
        PeriodicTask(Work.TRUST, TrustEnding, timedelta(minutes=5)),
    ),
)
