"""What training needs from outside."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.resources import Resource
from bot.features.training.models import Lesson

LESSONS = Resource[Sequence[Lesson]]("lessons", ())
"""What the team learns from, one after another."""
