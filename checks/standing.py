"""Which questions are asked of products beside their offers, as far as a source can answer them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

from bot.core.aplus import AplusSource
from bot.core.competitive import CompetitiveSource
from bot.core.competitive_summary import SummarySource
from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.listing_status import StatusSource
from bot.core.monitoring import OfferSource
from bot.core.page_content import MeteredPageSource
from checks.condition_recording import ConditionRecording
from checks.listing_patrol import listing_question, lone_listing_question
from checks.page_guard import PageGuard
from checks.patrol_question import PatrolQuestion
from checks.sku_book import SkuBook
from checks.sweep import Sweep
from checks.timing import Timing


def standing_questions(
    app: AppContext,
    source: OfferSource,
    timing: Timing,
    sweep: Sweep,
    book: SkuBook,
    find: Callable[[str], Awaitable[Watch | None]],
    slack: timedelta,
) -> Iterator[PatrolQuestion[Any]]:
    """Yield the questions; ``slack``: how old a written status of an offer may be."""
    if isinstance(source, CompetitiveSource):
        yield sweep.question(source, timing.strides.gap, timing.is_swept, find)
    if isinstance(source, MeteredPageSource):
        guard = PageGuard(app, source)
        yield guard.question(source, find)
        if isinstance(source, AplusSource):
            yield guard.aplus_question(source, book.has_sku)
    if isinstance(source, StatusSource):
        yield listing_question(app, source, book.fits_lists)
        yield lone_listing_question(app, source, book.is_lone)
    if isinstance(source, SummarySource):
        yield ConditionRecording(app, slack).question(source, find)
