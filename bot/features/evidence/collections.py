"""The collections of evidence: items, custody, timestamps, comparisons, planned test buys."""

from __future__ import annotations

from bot.core.store import Collection, Naming
from bot.features.evidence.models.comparisons import Comparison
from bot.features.evidence.models.custody import CustodyEntry, EvidenceLog, Stamp, VaultAnchor
from bot.features.evidence.models.items import EvidenceItem
from bot.features.evidence.models.plans import PlannedBuy

EVIDENCE_ITEMS = Collection[EvidenceItem](
    "pieces", EvidenceItem, lambda item: item.key, ("case",), packed=True
)


CUSTODY = Collection[CustodyEntry](
    "custody",
    CustodyEntry,
    lambda entry: entry.key,
    ("case",),
    packed=True,
    naming=Naming.RECALLS,
)


EVIDENCE_LOGS = Collection[EvidenceLog]("evidence_logs", EvidenceLog, lambda log: log.case)


STAMPS = Collection[Stamp]("stamps", Stamp, lambda stamp: stamp.key, ("case",), packed=True)


VAULT_ANCHORS = Collection[VaultAnchor]("vault_anchors", VaultAnchor, lambda anchor: anchor.name)


COMPARISONS = Collection[Comparison]("comparisons", Comparison, lambda each: each.case)


PLANNED_BUYS = Collection[PlannedBuy]("planned_buys", PlannedBuy, lambda each: each.case)
