"""What watching needs from outside: the account, and whoever looks at what is new."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.core.catalog_search import CatalogSearch
from bot.core.listing_status import StatusSource
from bot.core.monitoring import Checker
from bot.core.own_listings import AccountSource
from bot.core.resources import Resource


@dataclass
class Looking:
    """Who looks at products; made before them, and told when they are there."""

    checker: Checker | None = None


ACCOUNT = Resource[AccountSource | None]("account", None)
"""The selling account; None: what is read knows no account."""
LISTING_STATES = Resource[StatusSource | None]("listing states", None)
"""Who tells how our listings are; None: what is read knows none."""
CATALOG = Resource[CatalogSearch | None]("catalog", None)
"""Who searches the catalog; None: what is read knows no search."""
PAUSE = Resource[Callable[[float], Awaitable[None]]]("pause", asyncio.sleep)
"""Waits for so many seconds between two searches, so that pages are read meanwhile."""
LOOKING = Resource[Looking]("looking", Looking())
"""Who looks at products that a job adds; nobody: they are looked at after the next start."""
