"""Keeping the answers that show what is new; where the disk refuses, the alert comes without."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec
import structlog

from bot.core.findings import Fact, Finding
from bot.core.listing import Snapshot
from bot.core.monitoring import Reading
from bot.core.vault import Evidence
from bot.errors import disk_words

log = structlog.get_logger(__name__)

EVIDENCE = "Evidence"
PLACE = 5
"""Behind so many facts of a finding, at the latest, a card still shows another one."""


class NotKept(Exception):
    """Some answers could not be kept: what they show has to be told without them."""


class Proofs:
    """The answers of one batch of readings."""

    def __init__(self, evidence: Evidence) -> None:
        """Keep them there."""
        self._evidence = evidence
        self._kept: set[str] = set()
        self._lost: dict[str, str] = {}

    def marked(self, findings: Sequence[Finding]) -> list[Finding]:
        """Say with each finding whose answer could not be kept that it was not, and why."""
        return [self._mark(finding) for finding in findings]

    async def keep(self, readings: Sequence[Reading], news: Collection[str]) -> None:
        """Keep the answers that are news, each of them once.

        Raises:
            NotKept: the disk refused some of them, which ``marked`` knows from now on.
        """
        wanted: dict[str, tuple[Snapshot, bytes]] = {}
        for reading in readings:
            result = reading.result
            if isinstance(result, Snapshot) and result.digest in news and reading.raw:
                wanted.setdefault(result.digest, (result, reading.raw))
        for digest in self._kept | self._lost.keys():
            wanted.pop(digest, None)
        if wanted and not await self._keep(wanted):
            raise NotKept

    async def _keep(self, wanted: Mapping[str, tuple[Snapshot, bytes]]) -> bool:
        """Keep all of them at once; tell whether the disk took each."""
        several = [(raw, _described(snapshot)) for snapshot, raw in wanted.values()]
        refused = await self._evidence.keep_all(several)
        for (digest, (snapshot, _)), error in zip(wanted.items(), refused, strict=True):
            if error is None:
                self._kept.add(digest)
            else:
                log.warning("evidence not kept", asin=snapshot.asin, error=str(error))
                self._lost[digest] = disk_words(error)
        return not any(refused)

    def _mark(self, finding: Finding) -> Finding:
        why = self._lost.get(finding.evidence)
        if why is None:
            return finding
        told = Fact(EVIDENCE, f"Not kept: {why}")
        facts = (*finding.facts[:PLACE], told, *finding.facts[PLACE:])
        return msgspec.structs.replace(finding, facts=facts, evidence="")


def _described(snapshot: Snapshot) -> dict[str, str]:
    return {
        "asin": snapshot.asin,
        "marketplace": snapshot.marketplace,
        "kind": "offers",
        "at": snapshot.at.isoformat(),
    }
