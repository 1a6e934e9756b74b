"""The calendar file on the page: for those who are signed in and may read."""

from __future__ import annotations

from pathlib import Path

from bot.core.calendar_file import CalendarFile
from bot.core.events import Query
from bot.core.permissions import Role
from tests.unit.adapters.web.conftest import enter, new_client
from tests.unit.adapters.web.sample import running


async def look(_: Role, query: Query[object]) -> object:
    return "BEGIN:VCALENDAR\r\n" if isinstance(query, CalendarFile) else None


async def test_the_file_is_saved_as_a_calendar(tmp_path: Path) -> None:
    async with running(tmp_path, look=look) as site, new_client(site) as client:
        await enter(site, client)
        async with client.get("/calendar.ics") as answer:
            assert answer.status == 200
            assert answer.content_type == "text/calendar"
            assert "brandwarden.ics" in answer.headers["Content-Disposition"]
            assert await answer.text() == "BEGIN:VCALENDAR\r\n"


async def test_without_a_session_there_is_no_file(tmp_path: Path) -> None:
    async with (
        running(tmp_path, look=look) as site,
        new_client(site) as client,
        client.get("/calendar.ics") as answer,
    ):
        assert answer.status == 403


async def test_where_nothing_may_be_read_there_is_no_file(tmp_path: Path) -> None:
    async with running(tmp_path) as site, new_client(site) as client:
        await enter(site, client)
        async with client.get("/calendar.ics") as answer:
            assert answer.status == 404
