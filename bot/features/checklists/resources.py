"""What checklists need from outside."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.resources import Resource
from bot.features.checklists.models.definitions import Checklist

CHECKLISTS = Resource[Sequence[Checklist]]("checklists", ())
"""What is asked of the team again and again; each by an id of its own."""
