"""What the custody log says in English is known, so that a dossier says it in its own language."""

from __future__ import annotations

import pytest

from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.evidence.collections import CUSTODY
from bot.features.evidence.models.custody import OVERDUE, CustodyAction
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.resources import AUTHORITIES
from bot.features.evidence.service.evidence import delete_item
from bot.features.reports.models.dossier import CustodyLine, CustodyNote
from bot.features.reports.service.exhibits import custody
from tests.unit.conftest import ANA, BEN, Team
from tests.unit.features.evidence.test_stamping import Authority, Known
from tests.unit.features.reports.reporting import CASE, draft, everything, start
from tests.unit.features.reports.test_dossiers import pieces
from tests.unit.features.reports.test_reports_redacted import filed
from tests.unit.redacted import WHY, WORDS, redact


@pytest.fixture
async def worked(team: Team) -> Team:
    """Return a team whose custody log has every kind of entry."""
    authorities = (Authority("one.example"), Known("two.example"))
    object.__setattr__(team.app, "resources", team.app.resources.having(AUTHORITIES, authorities))
    await start(team)
    await everything(team)
    await team.work()
    await draft(team)
    await filed(team)
    await team.work()
    found = await pieces(team)
    await delete(team, found[EvidenceKind.RECEIVED], "Entered twice")
    await delete(team, found[EvidenceKind.GENUINE], OVERDUE)
    await redact(team, "R-1")
    await team.type(f"/note 1 {WORDS}", BEN)
    [noted] = [each for each in await team.app.store.page(ENTRIES) if WORDS in each.text]
    await redact(team, f"1 {noted.place}")
    await team.work()
    return team


async def delete(team: Team, item: EvidenceItem, why: str) -> None:
    async def act(tx: Transaction) -> None:
        case = await tx.get(CASES, CASE)
        assert case is not None
        await delete_item(team.app, tx, case, ANA[0], item, why)

    await run_in_transaction(team.app.store, act)


async def lines(team: Team) -> list[CustodyLine]:
    entries = await team.app.store.find(CUSTODY, "case", CASE)
    return list(custody(entries, list((await pieces(team)).values()), "de"))


async def test_all_that_the_program_wrote_is_known(worked: Team) -> None:
    taken = (CustodyAction.TAKEN_IN, CustodyAction.CAPTURED)
    told = [line for line in await lines(worked) if line.deed not in taken]
    assert [line.detail for line in told if line.note is None] == []
    notes = {line.note: (line.about, line.by, line.more) for line in told}
    assert notes[CustodyNote.DELETED][2] == "Entered twice"
    assert notes[CustodyNote.OVERDUE][2] == ""
    assert notes[CustodyNote.PACKET_DELETED] == ("R-1", "", WHY)
    assert notes[CustodyNote.TEXT_REMOVED] == ("R-1", "", WHY)
    assert notes[CustodyNote.ENTRY_REMOVED][2] == WHY
    assert notes[CustodyNote.STAMPED][1:] == ("two.example", "CN=Root")
    assert notes[CustodyNote.UNROOTED][1:] == ("one.example", "")
    assert notes[CustodyNote.SEALED][0] == "R-1"
