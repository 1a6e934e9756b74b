"""/people: accounts on the local page, made, listed, changed and removed."""

from __future__ import annotations

import pytest

from bot.core.collections import PAGE_ACCOUNTS, PAGE_SESSIONS
from bot.core.interactions import Post
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Role
from bot.errors import UserError
from bot.features.overview.rules.names import account_name
from checks.copycats.letters import as_seen
from tests.unit.conftest import ANA, Team, card_text, notice
from tests.unit.features.overview.test_sessions import links_of


async def added(team: Team, text: str) -> str:
    """Add somebody, and return the token of the link that is shown."""
    [reply] = await team.type(f"/people add {text}")
    assert isinstance(reply, Post)
    return reply.card.body.split()[0].partition("?token=")[2]


async def test_a_person_is_added_signs_in_and_is_removed(team: Team) -> None:
    sessions = PageSessions(team.app.store, team.clock, links_of(team))
    token = await added(team, "Ben Birch viewer")
    secret = await sessions.begin(token, *ANA)
    session = await sessions.find(secret)
    assert session is not None
    assert (session.who.name, session.role) == ("Ben Birch", Role.VIEWER)
    assert "1 · Ben Birch, viewer" in card_text(await team.type("/people"))
    await team.type("/people role Ben Birch member")
    assert await sessions.member(session.who.id) == (session.who, Role.MEMBER)
    assert "Removed Ben Birch" in notice(await team.type("/people remove 1"))
    assert await sessions.find(secret) is None
    assert await team.app.store.count(PAGE_SESSIONS) == 0
    await added(team, "Cleo")
    [account] = await team.app.store.page(PAGE_ACCOUNTS)
    assert account.id == "page-2"


@pytest.mark.parametrize("name", ["", "<b>", "12", "x" * 41, "ben", "B\u0435n", "You", "Ben\u202e"])
def test_a_name_that_others_confuse_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        account_name(name, ["Ben"], as_seen)
