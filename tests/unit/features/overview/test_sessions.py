"""/sessions: who uses the local page, in words; a link for one person; and their end."""

from __future__ import annotations

from bot.core.collections import AUDIT, PAGE_SESSIONS
from bot.core.interactions import Post
from bot.core.page_links import PAGE_LINKS, PageLinks
from bot.core.page_sessions import PageSessions, open_sessions
from bot.core.permissions import Person, Role
from bot.core.sweeping import Sweeping
from tests.unit.conftest import ANA, BEN, Team, card_text, confirmed_after, notice

ADDRESS = "http://127.0.0.1:8642"


def links_of(team: Team) -> PageLinks:
    links = PageLinks()
    links.address = ADDRESS
    object.__setattr__(team.app, "resources", team.app.resources.having(PAGE_LINKS, links))
    return links


async def begun(team: Team, *who: tuple[Person, Role]) -> list[str]:
    """Begin a session for each, and return their secrets."""
    links = links_of(team)
    sessions = PageSessions(team.app.store, team.clock, links)
    secrets = []
    for person, role in who:
        token = links.new().partition("=")[2]
        secrets.append(await sessions.begin(token, person, role))
    return secrets


async def test_they_are_listed_with_who_and_when(team: Team) -> None:
    await begun(team, ANA, BEN)
    team.clock.advance(minutes=7)
    [reply] = await team.type("/sessions")
    assert isinstance(reply, Post)
    assert reply.card.title == "2 local page sessions"
    assert [field.label for field in reply.card.fields] == ["2 · Ben, member", "1 · Ana, admin"]
    assert reply.card.fields[0].value.startswith("Last used 7 min ago, started ")


async def test_a_new_link_is_shown_to_who_asks_alone(team: Team) -> None:
    links = links_of(team)
    [reply] = await team.type("/sessions new")
    assert isinstance(reply, Post)
    link = reply.card.body.split()[0]
    assert links.is_good(link.removeprefix(f"{ADDRESS}/?token="))
    assert team.chat.posts == 0


async def test_where_there_is_no_page_there_is_no_link(team: Team) -> None:
    assert "The local page is not open" in await said(team, "new")


async def test_one_is_ended_and_then_all(team: Team) -> None:
    first, second, third = await begun(team, ANA, BEN, ANA)
    sessions = PageSessions(team.app.store, team.clock, PageLinks())
    assert await said(team, "end 2") == "Ended 1 local page session."
    assert [await sessions.find(each) is None for each in (first, second, third)] == [
        False,
        True,
        False,
    ]
    assert (
        await said(team, "end 2") == "There is no session 2. Type /sessions to list all sessions."
    )
    assert await said(team, "end all") == "Ended 2 local page sessions."
    assert await sessions.find(first) is None
    assert await said(team, "end all") == "Ended 0 local page sessions."


async def test_what_is_not_understood_says_how_it_is_typed(team: Team) -> None:
    for text in ("end", "old", "new one", "end 1 2"):
        assert "Type /sessions, /sessions new, or" in await said(team, text)


async def test_what_is_over_is_swept_out(team: Team) -> None:
    await begun(team, ANA)
    team.clock.advance(hours=13)
    [reply] = await team.type("/sessions")
    assert isinstance(reply, Post)
    assert reply.card.title == "0 local page sessions"
    assert await team.app.store.count(PAGE_SESSIONS) == 1
    await confirmed_after(team, hours=13)
    await Sweeping(team.app).tick()
    assert await team.app.store.count(PAGE_SESSIONS) == 0


async def test_that_one_begins_is_recorded(team: Team) -> None:
    await begun(team, ANA)
    [entry] = await team.app.store.page(AUDIT)
    assert (entry.who, entry.role, entry.act, entry.ref) == ("ana", "admin", "enter", "1")
    assert not entry.hashes
    shown = card_text(await team.type("/settings history"))
    assert "opened the local page" in shown


async def test_a_clock_that_was_ahead_lets_none_live_on(team: Team) -> None:
    team.clock.step(days=400)
    [secret] = await begun(team, ANA)
    sessions = PageSessions(team.app.store, team.clock, PageLinks())
    assert await sessions.find(secret) is not None
    team.clock.step(hours=-2)
    assert await sessions.find(secret) is not None
    team.clock.step(days=-399)
    assert await sessions.find(secret) is None
    assert await open_sessions(team.app.store, team.clock()) == []


async def said(team: Team, text: str) -> str:
    return notice(await team.type(f"/sessions {text}"))
