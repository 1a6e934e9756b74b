"""What was written of a right goes when it is removed, once nobody can undo that."""

from __future__ import annotations

from pathlib import Path

from bot.core.sweeping import Sweeping
from tests.unit.conftest import ANA, Team, asked, confirmed_after
from tests.unit.features.reports.reporting import RIGHT, answer
from tests.unit.redacted import TRACE, WORDS, assert_gone, on_disk


async def test_a_removed_rights_words_go_when_undo_is_over(team: Team, tmp_path: Path) -> None:
    first, second = RIGHT
    owned = {**second, "owner": WORDS, "classes": f"21, {TRACE}"}
    await answer(team, asked(await team.type("/rights add")), first, owned, who=ANA)
    await team.type("/rights remove 1")
    # As long as it can be undone, it is there.
    assert on_disk(tmp_path)
    await confirmed_after(team, minutes=11)
    await Sweeping(team.app).tick()
    await team.dispatcher.deliver()
    await assert_gone(team, tmp_path)
