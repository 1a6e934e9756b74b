"""What is remembered of how a listing of ours is."""

from __future__ import annotations

from datetime import datetime

import msgspec


class RunningProblem(msgspec.Struct, frozen=True):
    """A problem that goes on with a listing."""

    mark: str
    """What tells one cause from another."""
    since: datetime


class ListingRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A listing of ours as it is known; written only when that changes."""

    key: str
    """The key of the product's watch."""
    sku: str
    seller: str
    """Our seller ID under which it was found."""
    first_at: datetime
    """When it was looked at first."""
    product_type: str = ""
    """Amazon's category of the product, as it was before any change that is told."""
    issues: tuple[str, ...] = ()
    """Codes of what Amazon had against it at the first look, as far as that goes on."""
    at_first: dict[str, RunningProblem] = {}
    """What went on at the first look and still does, by signal: told together, as no alarm."""
    running: dict[str, RunningProblem] = {}
    """What began since and was told, by signal."""
    untold: bool = False
    """The team was not told yet of what stood at the first look."""
