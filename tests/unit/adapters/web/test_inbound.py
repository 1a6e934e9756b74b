"""Commands, clicks and forms over a real socket."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.core.cards import Card
from bot.core.interactions import Audience, Click, Command, Place, Submission
from tests.unit.adapters.web.content import PEOPLE
from tests.unit.adapters.web.posting import Got, form, send
from tests.unit.adapters.web.sample import CHANNEL, Running


async def test_a_command_reaches_the_router_and_comes_back_for_one(
    site: Running, client: ClientSession
) -> None:
    fields = {"text": "/Health  B0 now ", "interaction": "abcd-1234"}
    got = await send(client, "/commands", fields)
    assert (got.status, got.kinds) == (200, ["private"])
    [asked] = site.router.asked
    assert isinstance(asked, Command)
    assert (asked.id, asked.name, asked.text) == ("ana-abcd-1234", "health", "B0 now")
    assert (asked.who, asked.role) == PEOPLE["ana"]
    assert asked.where == Place(chat="web", channel=CHANNEL)
    assert asked.audience is Audience.NOBODY
    assert "Only visible to you" in got.html


async def test_the_same_interaction_happens_once(site: Running, client: ClientSession) -> None:
    fields = {"text": "/tell Hello", "interaction": "abcd-1234"}
    answers = await asyncio.gather(*(send(client, "/commands", fields) for _ in range(4)))
    assert answers == [Got(200, [], "")] * 4
    assert len(site.router.asked) == 1
    assert len(await site.chat.newest(CHANNEL, limit=9)) == 1


async def test_another_person_cannot_get_the_answer_of_the_first(
    site: Running, client: ClientSession
) -> None:
    fields = {"text": "/health", "interaction": "abcd-1234"}
    await send(client, "/commands", fields)
    await client.post("/persona", data={"persona": "ben"})
    await send(client, "/commands", fields)
    assert [asked.who.id for asked in site.router.asked] == ["ana", "ben"]


@pytest.mark.parametrize("interaction", ["", "short", "x" * 65, "../../etc/passwd", "a b c d e f"])
async def test_an_odd_id_is_replaced(
    site: Running, client: ClientSession, interaction: str
) -> None:
    await send(client, "/commands", {"text": "/health", "interaction": interaction})
    assert len(site.router.asked[0].id) == len("ana-") + 32


@pytest.mark.parametrize("text", ["hello", "", "/", "  ", "health"])
async def test_what_is_no_command_is_explained(
    site: Running, client: ClientSession, text: str
) -> None:
    got = await send(client, "/commands", {"text": text})
    assert got.kinds == ["notice"]
    assert "Commands start with a slash" in got.html
    assert site.router.asked == []


async def test_an_error_for_people_is_shown_as_it_is(client: ClientSession) -> None:
    got = await send(client, "/commands", {"text": "/dance"})
    assert (got.status, got.kinds) == (200, ["notice"])
    assert "Unknown command &#39;/dance&#39;" in got.html


async def test_any_other_error_stays_inside_and_in_the_log(client: ClientSession) -> None:
    with capture_logs() as logs:
        got = await send(client, "/commands", {"text": "/crash"})
    assert (got.status, got.kinds) == (500, ["notice"])
    assert "secret" not in got.html
    assert "The log has the details" in got.html
    assert [(log["event"], log["log_level"]) for log in logs] == [("a request failed", "error")]


async def test_a_click_names_its_button_and_thread(site: Running, client: ClientSession) -> None:
    fields = {"button": "run:cases 2:x", "thread": "t1", "message": "m1"}
    await send(client, "/clicks", fields)
    [asked] = site.router.asked
    assert isinstance(asked, Click)
    assert (asked.action, asked.ref) == ("run", "cases 2:x")
    assert asked.where == Place(chat="web", channel=CHANNEL, thread="t1")


@pytest.mark.parametrize("button", ["", "x" * 101, f"acknowledge:{'0' * 90}"])
async def test_what_no_button_or_menu_can_have_sent_names_none(
    site: Running, client: ClientSession, button: str
) -> None:
    await send(client, "/clicks", {"button": button})
    [asked] = site.router.asked
    assert isinstance(asked, Click)
    assert (asked.action, asked.ref) == ("", "")


async def test_a_changed_public_card_comes_to_all_the_same_way(
    site: Running, client: ClientSession
) -> None:
    alert = await site.fill()
    fields = {"button": "acknowledge:00000012", "message": alert.id}
    assert await send(client, "/clicks", fields) == Got(200, [], "")
    stored = await site.chat.message(alert.id)
    assert stored is not None
    assert stored.card.fields[-1].value == "Acknowledged by Ana Alder"
    assert stored.replies == 3


@pytest.mark.parametrize(
    ("button", "kinds"),
    [("run:help", ["private"]), ("more:2", []), ("acknowledge:9", [])],
)
async def test_no_press_puts_another_card_in_a_public_ones_place(
    site: Running, client: ClientSession, button: str, kinds: list[str]
) -> None:
    await site.fill()
    other = await site.post(Card(title="For all"), "for-all")
    await client.post("/persona", data={"persona": "vik"})
    got = await send(client, "/clicks", {"button": button, "message": other.id})
    assert got.kinds == kinds
    assert f'data-message="{other.id}"' not in got.html
    stored = await site.chat.message(other.id)
    assert stored is not None
    assert (stored.card.title, stored.edited_at) == ("For all", None)
    assert site.router.asked[-1].audience is Audience.ALL


@pytest.mark.parametrize("id", ["private-{id}", " {id}", "{id}\x00", "{ID}", "{id}/"])
async def test_an_id_that_only_resembles_a_public_ones_changes_nothing_for_others(
    site: Running, client: ClientSession, id: str
) -> None:
    other = await site.post(Card(title="For all"), "for-all")
    named = id.format(id=other.id, ID=other.id.upper())
    before = site.chat.live.cursor
    got = await send(client, "/clicks", {"button": "more:2", "message": named})
    assert f'data-message="{other.id}"' not in got.html
    assert site.chat.live.cursor == before


async def test_a_form_that_names_a_public_card_is_for_one_all_the_same(
    site: Running, client: ClientSession
) -> None:
    other = await site.post(Card(title="For all"), "for-all")
    data = form({"message": other.id, "audience": "one", "one.story": "", "many.signs": ""})
    await send(client, "/submissions", data)
    assert site.router.asked[-1].audience is Audience.ALL


@pytest.mark.parametrize("button", ["more:2", "run:cases 2"])
async def test_a_private_card_changes_in_its_place(client: ClientSession, button: str) -> None:
    fields = {"button": button, "message": "private-ana-abcd-1234-0"}
    got = await send(client, "/clicks", fields)
    assert got.kinds == ["update"]
    assert 'data-message="private-ana-abcd-1234-0"' in got.html
    assert "Only visible to you" in got.html


async def test_a_form_remembers_where_it_was_opened(client: ClientSession) -> None:
    got = await send(client, "/clicks", {"button": "close:1", "message": "m1", "thread": "t1"})
    assert got.kinds == ["ask"]
    assert 'name="message" value="m1"' in got.html
    assert 'name="thread" value="t1"' in got.html
    assert "Step 1 of 2" in got.html


async def test_nothing_chosen_is_an_answer_too(site: Running, client: ClientSession) -> None:
    await send(client, "/submissions", form({"one.story": "", "many.signs": ""}, ("", b"")))
    [asked] = site.router.asked
    assert isinstance(asked, Submission)
    assert asked.answers == {"story": "", "signs": (), "photos": ()}


async def test_what_is_wrong_comes_back_beside_its_input(client: ClientSession) -> None:
    data = form({"step": "one", "one.claim": "counterfeit", "one.order": "nonsense"})
    got = await send(client, "/submissions", data)
    assert got.kinds == ["ask"]
    assert "it begins with 111" in got.html
    assert 'value="nonsense"' in got.html


async def test_without_script_a_command_answers_with_a_page(
    site: Running, client: ClientSession
) -> None:
    async with client.post("/commands", data={"text": "/health"}) as answer:
        text = await answer.text()
    assert "All 6 products are read" in text
    assert 'href="/"' in text
    assert "<!doctype html>" in text
