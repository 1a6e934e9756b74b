"""The jobs of watching: reading the account's listings, and adding them."""

from __future__ import annotations

from datetime import timedelta

from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.features.watchlist.service.adding_listings import ListingsAdding
from bot.features.watchlist.service.asking_listings import ListingsJob
from bot.features.watchlist.service.brand_searching import BrandSearching
from bot.features.watchlist.service.reading_listings import ListingsReading

LONGEST = timedelta(minutes=40)
"""Amazon takes up to twenty minutes for a report."""


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return the handler of each kind of job."""
    reading, adding = ListingsReading(app), ListingsAdding(app)
    searching = BrandSearching(app)
    return {
        ListingsJob.BRAND: JobHandler(searching.run, limit=LONGEST, gave_up=searching.gave_up),
        ListingsJob.READ: JobHandler(reading.run, limit=LONGEST, gave_up=reading.gave_up),
        ListingsJob.ADD: JobHandler(adding.run, limit=LONGEST, gave_up=adding.gave_up),
    }
