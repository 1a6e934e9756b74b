"""What is special about Parley: its token, and a connection that ends."""

from __future__ import annotations

import pytest

from adapters.parley.connection import Parley
from adapters.parley.platform import PLATFORM, ParleySettings
from bot.core.gateway import ChatGateway
from bot.core.permissions import Roster
from bot.errors import NotConnected
from tests.contracts.chat.parley_rig import TOKEN, serving
from tests.unit.conftest import Team, team

__all__ = ["team"]


async def no_file(_: str) -> bytes:
    raise AssertionError


async def test_a_token_that_is_refused_is_told(team: Team) -> None:
    gateway = ChatGateway(team.app, team.router, Roster())
    async with serving() as fake:
        parley = Parley("127.0.0.1", fake.port, "another", no_file)
        with pytest.raises(NotConnected, match="BRANDWARDEN_PARLEY_TOKEN"):
            async with parley.serve(gateway):
                pass


@pytest.mark.parametrize(("token", "state"), [(TOKEN, "fine"), ("another", "wrong")])
async def test_the_doctor_tries_the_token(token: str, state: str) -> None:
    async with serving() as fake:
        settings = ParleySettings(_env_file=None, token=token, host="127.0.0.1", port=fake.port)
        found = [each async for each in PLATFORM.examine(settings, "", ())]
    assert [(name, how) for name, how, _ in found] == [("Parley", state)]


async def test_without_a_token_nothing_is_examined() -> None:
    assert [each async for each in PLATFORM.examine(ParleySettings(_env_file=None), "", ())] == []
