"""Everything that is stored, by collection."""

from __future__ import annotations

from bot.core.collections import (
    CHANNEL_BINDINGS,
    CHECKLIST_SCHEDULES,
    CONFIRMED_TIMES,
    COUNTERS,
    DEPLOYMENTS,
    HANDLED,
    JOBS,
    MEMBERS,
    OUTBOX,
    POSTED,
    SESSIONS,
    TEAMS,
    TROUBLES,
    UNDELIVERED,
)
from bot.features.attacks.collections import ATTACKS
from bot.features.cases.collections import AFFECTED, ALERT_GROUPS, CASES, ENTRIES
from bot.features.checklists.collections import DECISIONS, ITEM_STATUSES, RUNS, SCORES
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS, EVIDENCE_LOGS, STAMPS
from bot.features.letters.collections import LETTERS
from bot.features.overview.collections import DIGEST_DAYS
from bot.features.reports.collections import REPORTS
from bot.features.reviews.collections import REVIEWS
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.training.collections import LEARNINGS
from bot.features.watchlist.collections import (
    HISTORIES,
    OUTAGES,
    SELLERS,
    SOURCE_FAULTS,
    STATUSES,
    WATCHES,
)

COLLECTIONS = (
    WATCHES,
    STATUSES,
    HISTORIES,
    SELLERS,
    CASES,
    AFFECTED,
    ENTRIES,
    TEAMS,
    SESSIONS,
    COUNTERS,
    HANDLED,
    CHANNEL_BINDINGS,
    POSTED,
    OUTBOX,
    UNDELIVERED,
    ALERT_GROUPS,
    OUTAGES,
    SOURCE_FAULTS,
    EVIDENCE_ITEMS,
    CUSTODY,
    EVIDENCE_LOGS,
    STAMPS,
    BRAND_RIGHTS,
    RIGHTS_DOCUMENTS,
    REPORTS,
    JOBS,
    MEMBERS,
    RUNS,
    ITEM_STATUSES,
    CHECKLIST_SCHEDULES,
    SCORES,
    ATTACKS,
    LETTERS,
    LEARNINGS,
    REVIEWS,
    DECISIONS,
    TROUBLES,
    DIGEST_DAYS,
    CONFIRMED_TIMES,
    DEPLOYMENTS,
)
"""What a store has to keep for the core; an adapter may add its own."""
