"""Where products that look like ours, and searches for them, are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.copycats.models import Candidate, CopycatSearch

CANDIDATES = Collection[Candidate](
    "copycat_candidates",
    Candidate,
    lambda candidate: candidate.key,
    indexes=("verdict",),
    audited=("verdict",),
)
"""What is compared, or was: a person's answer is remembered, so that it is asked once."""


SEARCHES = Collection[CopycatSearch](
    "copycat_searches", CopycatSearch, lambda search: search.id, indexes=("state",)
)
