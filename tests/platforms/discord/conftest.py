from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.platforms.discord.hearts import beating
from tests.platforms.discord.pointed import pointed_at
from tests.platforms.discord.server import FakeDiscord


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        with pointed_at(fake):
            yield fake
            assert beating() == []
