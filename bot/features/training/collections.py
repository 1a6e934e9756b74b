"""Where what each person learned is kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.training.models import Learning

LEARNINGS = Collection[Learning]("learnings", Learning, lambda learning: learning.key, ("who",))
