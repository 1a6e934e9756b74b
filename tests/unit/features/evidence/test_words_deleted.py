"""What a person wrote of a piece of evidence goes when the piece is deleted."""

from __future__ import annotations

from pathlib import Path

from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from tests.unit.conftest import Team, asked
from tests.unit.features.reports.reporting import CASE, TEST_BUY, collect, start
from tests.unit.redacted import WHY, WORDS, assert_gone, on_disk


async def test_what_was_seen_of_a_test_buy_goes_with_it(team: Team, tmp_path: Path) -> None:
    await start(team)
    bought = {**TEST_BUY, "observed": f"{WORDS} us.", "verified": WORDS, "sold_by": WORDS}
    await collect(team, EvidenceKind.TEST_BUY, bought)
    [piece] = await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert on_disk(tmp_path)
    ask = asked(await team.press("delete-evidence", piece.key))
    await team.submit(ask, {"why": WHY})
    await assert_gone(team, tmp_path)


async def test_orders_that_were_typed_go_with_them(team: Team, tmp_path: Path) -> None:
    await start(team)
    order = "303-7777777-1234567"
    typed = f"{order} 2026-11-20 B0ALDER001 2"
    await collect(team, EvidenceKind.ORDERS, {"files": (), "typed": typed, "none": ""})
    [piece] = await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert piece.file is not None
    ask = asked(await team.press("delete-evidence", piece.key))
    await team.submit(ask, {"why": WHY})
    await team.work()
    await assert_gone(team, tmp_path, order)
    assert await team.app.evidence.kept_at(piece.file.content) == 0
