"""/people: accounts on the local page, made, listed, changed and removed."""

from __future__ import annotations

import pytest

from bot.core.collections import PAGE_ACCOUNTS, PAGE_SESSIONS
from bot.core.interactions import Post, Update
from bot.core.page_accounts import PAGE_OWNER, add_account
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Role
from bot.errors import UserError
from bot.features.overview.rules.names import account_name
from bot.features.overview.service.accounts import MOST, TOO_MANY, owner_name
from checks.copycats.letters import as_seen
from tests.unit.conftest import ANA, Team, asked, card_text, notice
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


async def test_buttons_add_change_and_remove_a_person(team: Team) -> None:
    links_of(team)
    form = asked(await team.press("add-person", ""))
    [reply] = await team.submit(form, {"name": "Ben", "role": "viewer"})
    assert isinstance(reply, Post)
    assert "as Ben, viewer" in reply.card.body
    [listed] = await team.type("/people")
    assert isinstance(listed, Post)
    assert [each.label for each in listed.card.buttons] == ["Add a person", "1 · Ben"]
    [one] = await team.press("run", listed.card.buttons[1].ref)
    assert isinstance(one, Post | Update)
    labels = [each.label for each in one.card.buttons]
    assert labels == ["New link", "Make admin", "Make member", "Remove the person", "Everyone"]
    assert "Ben is member now." in notice(await team.press("run", one.card.buttons[2].ref))
    question = asked(await team.press("remove-person", "page-1", yes=False))
    assert "signed out at once" in question.form.intro
    assert await team.app.store.count(PAGE_ACCOUNTS) == 1
    assert "Removed Ben" in notice(await team.submit(question, {}))
    assert await team.app.store.count(PAGE_ACCOUNTS) == 0


async def test_each_change_is_announced_to_all(team: Team) -> None:
    links_of(team)
    await added(team, "Ben viewer")
    for text in ("link Ben", "role Ben member", "remove Ben"):
        await team.type(f"/people {text}")
    await team.dispatcher.deliver()
    titles = [team.chat.messages[key].card.title for key in team.chat.order]
    assert titles[-4:] == [
        "Ana added Ben to the local page as viewer.",
        "Ana made a link that signs in as Ben.",
        "Ana changed Ben's role to member.",
        "Ana removed Ben from the local page.",
    ]


async def test_there_are_fifty_accounts_at_most(team: Team) -> None:
    links_of(team)
    async with team.app.store.transaction() as tx:
        for number in range(MOST):
            await add_account(tx, f"P{number}", Role.VIEWER, team.clock.now)
    assert notice(await team.type("/people add Ben")) == TOO_MANY
    await team.type("/people remove P0")
    await added(team, "Ben")
    assert await team.app.store.count(PAGE_ACCOUNTS) == MOST
    [last] = await team.type("/people page 5")
    assert isinstance(last, Post)
    assert len(last.card.fields) == 10


async def test_who_runs_the_page_has_a_name_that_no_account_takes(team: Team) -> None:
    links_of(team)
    assert await owner_name(team.app) == "You"
    await added(team, "Ben")
    named(team, "Ana Finch")
    assert await owner_name(team.app) == "Ana Finch"
    assert "looks the same" in notice(await team.type("/people add ana finch"))
    for name in ("ben", "<b>", "Brandwarden"):
        named(team, name)
        with pytest.raises(UserError):
            await owner_name(team.app)


def named(team: Team, name: str) -> None:
    """Let whoever runs the page have that name in the settings."""
    given = team.app.resources.having(PAGE_OWNER, name)
    object.__setattr__(team.app, "resources", given)


@pytest.mark.parametrize("name", ["", "<b>", "12", "x" * 41, "ben", "B\u0435n", "You", "Ben\u202e"])
def test_a_name_that_others_confuse_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        account_name(name, ["Ben"], as_seen)
