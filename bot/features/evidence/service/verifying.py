"""Verifying evidence each week, against what was told to people before."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.clock_watch import confirmed_time
from bot.core.context import AppContext
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.vault import NOTHING_KEPT, VaultHead
from bot.errors import StoreError
from bot.features.cases.collections import CASES
from bot.features.evidence.collections import EVIDENCE_LOGS, VAULT_ANCHORS
from bot.features.evidence.models.custody import VAULT, VaultAnchor, broken
from bot.features.evidence.service.evidence import custody_of
from bot.features.evidence.views.evidence import wrong_evidence_card

EVERY = timedelta(days=7)


async def head_of_vault(app: AppContext) -> VaultHead:
    """Return the last entry of the vault's log, for people to compare; none where it is unknown."""
    try:
        return await app.evidence.head()
    except StoreError:
        return NOTHING_KEPT


async def anchor_vault(app: AppContext, tx: Transaction) -> None:
    """Keep the last entry apart from the vault, as it is told to people; it never goes back."""
    known = await tx.get(VAULT_ANCHORS, VAULT) or VaultAnchor()
    head = await head_of_vault(app)
    if head.number > known.head.number:
        tx.put(VAULT_ANCHORS, msgspec.structs.replace(known, head=head))


class Verification:
    """Verifies all evidence once a week."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Verify vault and custody logs, and tell the channel what is wrong."""
        store = self._app.store
        known = await store.get(VAULT_ANCHORS, VAULT) or VaultAnchor()
        now = await confirmed_time(store)
        if known.verified_at is not None and now - known.verified_at < EVERY:
            return
        wrong = [*await self._vault(known.head), *await self._cases()]
        await run_in_transaction(store, lambda tx: self._note(tx, now, wrong))
        if wrong:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _vault(self, anchor: VaultHead) -> list[str]:
        """Return what is wrong twice: evidence may come or go while it is looked through."""
        first = await self._app.evidence.verify(anchor)
        again = set(await self._app.evidence.verify(anchor)) if first else set()
        return [each for each in first if each in again]

    async def _cases(self) -> list[str]:
        wrong = []
        async for log in each(self._app.store, EVIDENCE_LOGS):
            entries = await custody_of(self._app.store, log.case)
            # What came meanwhile makes it longer, never shorter.
            if found := broken(entries, log.entries):
                case = await self._app.store.get(CASES, log.case)
                label = case.label if case else log.case
                wrong += [f"{label}: {sentence}" for sentence in found]
        return wrong

    async def _note(self, tx: Transaction, now: datetime, wrong: list[str]) -> None:
        known = await tx.get(VAULT_ANCHORS, VAULT) or VaultAnchor()
        tx.put(VAULT_ANCHORS, msgspec.structs.replace(known, verified_at=now))
        if wrong:
            card = wrong_evidence_card(wrong)
            self._app.outbox.post(tx, f"vault-{now:%Y%m%d%H%M%S}", card, ping=True)
