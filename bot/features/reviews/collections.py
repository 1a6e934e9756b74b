"""Where quarterly reviews are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.reviews.models.reviews import Review

REVIEWS = Collection[Review]("reviews", Review, lambda review: review.key)
