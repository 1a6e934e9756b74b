"""The chats under test. A new chat is one rig."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.chat.rig import Rig
from tests.contracts.chat.rigs import RIGS
from tests.unit.conftest import Team, team

__all__ = ["team"]


@pytest.fixture(params=RIGS)
async def rig(request: pytest.FixtureRequest, team: Team, tmp_path: Path) -> AsyncIterator[Rig]:
    async with RIGS[request.param](team, tmp_path) as rig:
        yield rig
        assert rig.broken_rules() == []
