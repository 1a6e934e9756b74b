"""From what a rule concludes about the account to what is news, and what is remembered. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.findings import ACCOUNT_HEALTH, Finding, Severity
from bot.core.interface import noted
from bot.features.watchlist.models.account_records import AccountRecord
from bot.features.watchlist.models.listing_records import RunningProblem
from checks.own_listings.problems import Conclusion, ListingProblem, NoProblem


def conclude(
    record: AccountRecord, signal: str, found: Conclusion, at: datetime, evidence: str = ""
) -> tuple[AccountRecord, list[Finding]]:
    """Return what is remembered and what is said; what goes on is said each time."""
    known = record.running.get(signal)
    running = {key: each for key, each in record.running.items() if key != signal}
    if isinstance(found, ListingProblem):
        since = known.since if known else at
        running[signal] = RunningProblem(found.mark, since)
        finding = Finding(
            signal=signal,
            marketplace=record.marketplace,
            at=at,
            severity=found.severity,
            headline=found.headline,
            brief=found.brief,
            mark=found.mark,
            since=since,
            facts=found.facts,
            evidence=evidence,
        )
    elif found is NoProblem.CLEAR and known is not None:
        finding = Finding(
            signal=signal,
            marketplace=record.marketplace,
            at=at,
            severity=Severity.INFO,
            headline=_over(signal, record.marketplace),
            ended=True,
            evidence=evidence,
        )
    else:
        return record, []
    return msgspec.structs.replace(record, running=running), [finding]


def _over(signal: str, market: str) -> str:
    if signal == ACCOUNT_HEALTH:
        return noted("Amazon rates your account in {market} as healthy again", market=market)
    return noted("Your listings in {market} are active again", market=market)
