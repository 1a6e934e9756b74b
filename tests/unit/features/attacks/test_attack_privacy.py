"""Nothing of a person, and no secret, is kept of what people type to log an attack."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.features.attacks.collections import ATTACKS
from tests.unit.conftest import BEN, Team, asked
from tests.unit.features.attacks.test_attacks import WHAT, WHO
from tests.unit.features.attacks.test_attacks import log as logs
from tests.unit.features.letters.test_private import PLANTS, assert_clean, kept

TOKEN = "Atzr|IwEBIJ3kd93kd02kd"


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
@pytest.mark.parametrize("kind", ["seller", "unknown"])
@pytest.mark.parametrize("name", ["source", "products"])
async def test_of_who_it_was_not_even_in_what_is_said_of_it(
    team: Team, tmp_path: Path, name: str, kind: str, plant: str
) -> None:
    first = asked(await team.type("/attack", BEN))
    second = asked(await team.submit(first, WHAT, BEN))
    again = asked(await team.submit(second, {**WHO, "source_kind": kind, name: plant}, BEN))
    assert name in again.errors
    await team.press("continue", again.session, BEN)
    assert_clean(tmp_path)


@pytest.mark.parametrize("secret", [TOKEN, "password:Sommer2026!"])
async def test_a_secret_is_nobodys_address(team: Team, tmp_path: Path, secret: str) -> None:
    first = asked(await team.type("/attack phishing", BEN))
    second = asked(await team.submit(first, {**WHAT, "kind": "phishing"}, BEN))
    by = {"source_kind": "address", "source": secret}
    again = asked(await team.submit(second, {**WHO, **by}, BEN))
    assert "or it will be saved" in again.errors["source"]
    assert await team.app.store.count(ATTACKS) == 0
    content = kept(tmp_path).lower()
    assert b"sommer2026" not in content
    assert TOKEN.lower().encode() not in content


async def test_an_attackers_address_is_kept_as_one_whatever_its_signs(team: Team) -> None:
    for place, typed in enumerate(("Evil.example", "evil\u200b.example", "\uff45vil.example"), 1):
        by = {"source_kind": "address", "source": typed}
        await logs(team, what={"kind": "phishing"}, who=dict(by))
        attack = await team.app.store.get(ATTACKS, f"{place:06d}")
        assert attack is not None
        assert attack.source == "evil.example"
