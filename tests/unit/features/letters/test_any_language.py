"""What goes to buyers and to support is the same, whatever Brandwarden speaks to the team."""

from __future__ import annotations

from pathlib import Path

from bot.core.interface import InterfaceLanguage
from tests.unit.conftest import opened_team
from tests.unit.features.letters.writing import drafted, letter, proposed, requested


async def test_a_message_and_a_request_are_the_same(tmp_path: Path) -> None:
    texts = []
    for language in InterfaceLanguage:
        async with opened_team(tmp_path / language.value) as team:
            await team.type(f"/settings language {language.value}")
            message = proposed(await drafted(team))
            await requested(team)
            texts.append((message, (await letter(team)).text))
    [english, chinese] = texts
    assert all(english)
    assert chinese == english
