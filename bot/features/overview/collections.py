"""Where the days of the digest are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.overview.models import DigestDays

DIGEST_DAYS = Collection[DigestDays]("digest_days", DigestDays, lambda known: known.name)
