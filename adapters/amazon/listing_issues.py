"""What Amazon has against a listing: its issues, read one by one.

Source: the model listingsItems_2021-08-01.
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from adapters.amazon.content_answers import lenient
from adapters.amazon.state_answers import Enforcements, IssueRow, read_issue, read_rows
from adapters.amazon.values import LONGEST_TEXT
from bot.core.listing_status import ListingIssue
from bot.core.marketplaces import Marketplace
from bot.core.text import one_line

ERROR = "ERROR"
EXEMPT = "EXEMPT"
FOR_A_TIME = "EXEMPT_UNTIL_EXPIRY_DATE"
LONGEST_MESSAGE = 300
LONGEST_CODE = 40
MOST_ISSUES = 100
MOST_WORDS = 10
"""Categories or actions of one issue that are read."""


def issues_of(
    raw: msgspec.Raw, market: Marketplace, at: datetime
) -> tuple[tuple[ListingIssue, ...] | None, bool]:
    """Return the issues in a marketplace, and whether some could not be read; None: not told.

    An issue that could not be read may be about another marketplace, so it decides nothing.
    """
    if bytes(raw) == b"null":
        return None, False
    rows = lenient(read_rows, raw)
    if rows is None:
        return None, True
    read = [lenient(read_issue, row) for row in rows[:MOST_ISSUES]]
    known = [row for row in read if row is not None and row.code]
    here = [
        _issue(row, at)
        for row in known
        if not row.marketplace_ids or market.id in row.marketplace_ids
    ]
    return tuple(here), len(known) < len(rows)


def _issue(row: IssueRow, at: datetime) -> ListingIssue:
    told = row.enforcements or Enforcements()
    actions = [_word(each.action) for each in (told.actions or ())[:MOST_WORDS]]
    status = told.exemption.status if told.exemption else None
    until = _moment(told.exemption.expiry_date) if told.exemption else None
    # An exemption without an end date may have ended.
    for_a_time = status == FOR_A_TIME and until is not None and at < until
    return ListingIssue(
        code=one_line(row.code or "", LONGEST_CODE),
        message=one_line(row.message or "", LONGEST_MESSAGE),
        error=row.severity == ERROR,
        categories=tuple(filter(None, map(_word, (row.categories or ())[:MOST_WORDS]))),
        actions=tuple(filter(None, actions)),
        exempt=status == EXEMPT or for_a_time,
        until=until if for_a_time else None,
    )


def _word(text: str | None) -> str:
    return one_line(text or "", LONGEST_TEXT).upper()


def _moment(text: str | None) -> datetime | None:
    """Read a moment as ISO 8601 writes it; None where it is none. Without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
