"""What goes to Amazon is the same, whatever Brandwarden speaks to the team."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.core.interface import InterfaceLanguage, speak
from bot.features.reports.models.dossier import Dossier
from tests.unit.conftest import ANA, Team, opened_team
from tests.unit.features.reports.reporting import REPORT, draft, everything, report, start


async def packed(team: Team, language: InterfaceLanguage) -> tuple[str, Dossier]:
    """Return a report's text and its dossier, as a team of that language files it."""
    await team.type(f"/settings language {language.value}")
    await start(team)
    with speak(language):
        await everything(team)
        await draft(team)
        await team.press("confirm-report", REPORT, ANA)
        await team.work()
    [dossier] = team.packer.dossiers
    return (await report(team)).text, dossier


async def test_a_report_and_its_dossier_are_the_same(tmp_path: Path) -> None:
    english, chinese = InterfaceLanguage.ENGLISH, InterfaceLanguage.CHINESE
    async with opened_team(tmp_path / "en") as one, opened_team(tmp_path / "zh") as other:
        text, dossier = await packed(one, english)
        again, same = await packed(other, chinese)
    assert text
    assert again == text
    assert msgspec.to_builtins(same) == msgspec.to_builtins(dossier)
