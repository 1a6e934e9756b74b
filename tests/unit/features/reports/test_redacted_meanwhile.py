"""A packet that is being made when words are removed does not bring them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.collections import JOBS
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.service.evidence import custody_of
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.service import packing
from tests.fakes import MemoryEvidence
from tests.unit.conftest import ANA, Team
from tests.unit.features.reports.reporting import (
    CASE,
    REPORT,
    collect,
    draft,
    everything,
    report,
    start,
)
from tests.unit.redacted import TRACE, WORDS, assert_gone, redact

Hook = Callable[[pytest.MonkeyPatch, Team], None]


def before_the_log_is_read(patched: pytest.MonkeyPatch, team: Team) -> None:
    calls: list[None] = []

    async def read(*given: object) -> object:
        if not calls:
            calls.append(None)
            await remove(team)
        return await custody_of(*given)  # type: ignore[arg-type]

    patched.setattr(packing, "custody_of", read)


def while_it_is_printed(patched: pytest.MonkeyPatch, team: Team) -> None:
    calls: list[None] = []
    write = team.packer.print

    async def print_slowly(dossier: Dossier) -> bytes:
        if not calls:
            calls.append(None)
            await remove(team)
        return await write(dossier) + repr(dossier).encode()

    patched.setattr(team.packer, "print", print_slowly)


async def remove(team: Team) -> None:
    """Remove why there are no order records, by the entry that tells it."""
    entries = await team.app.store.find(ENTRIES, "case", CASE)
    [told] = [entry for entry in entries if TRACE in entry.words]
    assert "Removed the text" in await redact(team, f"1 {told.place}")


@pytest.mark.parametrize("when", [before_the_log_is_read, while_it_is_printed])
async def test_what_is_removed_while_a_packet_is_made_is_not_in_it(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: Hook
) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    await collect(team, EvidenceKind.ORDERS, {"files": (), "typed": "", "none": WORDS})
    assert (await report(team)).no_orders == WORDS
    await team.press("confirm-report", REPORT, ANA)
    when(monkeypatch, team)
    await team.work()
    await team.work()
    await team.work()
    await assert_gone(team, tmp_path)
    assert (await report(team)).packet is not None
    assert await team.app.store.count(JOBS) == 0
    assert TRACE not in repr(team.packer.dossiers[-1])
    assert isinstance(team.app.evidence, MemoryEvidence)
    assert [each for each in team.app.evidence.kept.values() if TRACE.encode() in each] == []
