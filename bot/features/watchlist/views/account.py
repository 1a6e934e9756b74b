"""What /health says of our account."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.account_health import AT_RISK, CLOSED, NORMAL
from bot.core.cards import Field
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.when import ago
from bot.features.watchlist.models.account_records import AccountRecord

WHY = 160
SHOWN = 3
"""So many marketplaces are told; the rest is counted."""


def account_fields(records: Sequence[AccountRecord], view: ViewContext) -> list[Field]:
    """Say how Amazon rates the account, and what could not be checked; that comes first."""
    if not records:
        return []
    ordered = sorted(records, key=lambda each: (not each.unchecked, each.marketplace))
    lines = [_line(each, view) for each in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        lines.append(f"and {len(ordered) - SHOWN:,} more marketplaces")
    return [field("Account health", "\n".join(lines), wide=len(lines) > 1)]


def _line(record: AccountRecord, view: ViewContext) -> str:
    known = f"{_status(record.status)}, read {ago(record.read_at, view.now)}"
    if record.why:
        before = f". Before: {known}" if record.read_at else ""
        return f"{record.marketplace}: could not check: {one_line(record.why, WHY)}{before}"
    if record.inactive_why:
        why = one_line(record.inactive_why, WHY)
        return f"{record.marketplace}: {known}. Could not check if listings are active: {why}"
    return f"{record.marketplace}: {known}"


def _status(status: str) -> str:
    if status in CLOSED:
        return "deactivated"
    return {NORMAL: "normal", AT_RISK: "at risk"}.get(status) or f"'{status}'"
