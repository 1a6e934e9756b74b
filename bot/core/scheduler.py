"""What the core asks of a scheduler. Adapters give it; tests give fakes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.labeled import LabeledEnum


class Work(LabeledEnum):
    """What the program does by itself, and what people call it."""

    SEND = "send", "Sending messages"
    JOB = "job", "Screenshots, packets and other jobs"
    CLOCK = "clock", "Checking the clock"
    DISK = "disk", "Checking the disk"
    TICK = "tick", "Checking products"
    PUSH = "push", "Reading notifications"
    OUTBOX = "outbox", "Starting to send messages"
    JOBS = "jobs", "Starting jobs"
    SNOOZES = "snoozes", "Snoozes and held messages"
    ESCALATIONS = "escalations", "Escalating alerts"
    REMINDERS = "reminders", "Reminders of assigned cases"
    DIGEST = "digest", "Daily digest"
    SWEEP = "sweep", "Deleting old forms"
    VAULT = "vault", "Deleting unused files"
    OUTAGES = "outages", "Outage notices"
    ROUNDS = "rounds", "Checklists"
    LESSONS = "lessons", "Lessons"
    REVIEWS = "reviews", "Quarterly reviews"
    FOLLOW_UPS = "follow-ups", "Report follow-ups"
    RETENTION = "retention", "Deleting old evidence"
    VERIFY = "verify", "Verifying evidence"
    PRICES = "prices", "Deleting old prices"
    PICTURES = "pictures", "Deleting unused pictures"
    TRUST = "trust", "Ending authorizations"
    TITLES = "titles", "Product names"
    SKUS = "skus", "Checking SKUs"
    LISTINGS = "listings", "Checking your listings"
    PAGES = "pages", "Asking to approve pages"
    PROBLEMS = "problems", "Listing problems"
    ACCOUNT = "account", "Checking your account"
    FIRST_LOOKS = "first looks", "First checks of new products"
    CONDITIONS = "conditions", "Ending what is no longer checked"
    COPYCATS = "copycats", "Searching for copycats"
    SETUP = "setup", "Setup and test alerts"


class WorkHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How the work of one name fares. Counts are keys."""

    name: str
    label: str
    """What people call it."""
    running: int = 0
    waiting: int = 0
    failing: int = 0
    """Keys whose last run failed."""
    failures: int = 0
    """Runs in a row that failed, of the key that has failed the longest."""
    failing_for: timedelta = timedelta()
    """How long ago the first of those runs failed, whatever happens to the clock."""
    why: str = ""
    """Why the last of those runs failed, in words for people; empty where none fails."""
    succeeded_at: datetime | None = None
    """When a run last ended well, in UTC."""


class Scheduler(Protocol):
    """Decides when work runs; embedded in the process, or spread over several."""

    def handle(self, name: str, work: Callable[[str], Awaitable[None]], label: str = "") -> None:
        """Register the work behind a name; it is called with a key.

        ``label`` is what people call it; without one, that is the name.
        """
        ...

    def every(self, period: timedelta, name: str) -> None:
        """Run the named work with an empty key in every period, never twice at once."""
        ...

    def trigger(self, name: str, key: str = "") -> None:
        """Run the named work for the key soon: at most one running and one waiting for each key."""
        ...

    def health(self) -> Sequence[WorkHealth]:
        """Tell how the work of each name fares, in the order of registration."""
        ...
