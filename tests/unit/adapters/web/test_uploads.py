"""Files: from whom they are taken, when, and under which name."""

from __future__ import annotations

import hashlib

import pytest
from aiohttp import ClientSession

from bot.core.files import Upload
from bot.core.interactions import Submission
from tests.files import jpeg, png
from tests.unit.adapters.web.posting import Got, form, open_second_step, send
from tests.unit.adapters.web.sample import Running

PHOTO = ("a.png", png())
FRONT, BACK = png(), jpeg()


async def test_answers_and_files_reach_the_router(site: Running, client: ClientSession) -> None:
    await open_second_step(client)
    data = form(
        {"one.story": "First\r\nsecond", "many.signs": "", "interaction": "abcd-1234"},
        ("front.png", FRONT),
        ("C:\\photos/back.png", BACK),
    )
    data.add_field("many.signs", "label")
    data.add_field("many.signs", "smell")
    got = await send(client, "/submissions", data)
    assert got == Got(200, [], "")
    asked = site.router.asked[-1]
    assert isinstance(asked, Submission)
    assert (asked.session, asked.step, asked.id) == ("s1", "two", "ana-abcd-1234")
    gateway = hashlib.sha256(FRONT).hexdigest()
    back = hashlib.sha256(BACK).hexdigest()
    assert asked.answers == {
        "story": "First\nsecond",
        "signs": ("label", "smell"),
        "photos": (
            Upload("picture.png", "image/png", len(FRONT), gateway),
            Upload("picture.jpg", "image/jpeg", len(BACK), back),
        ),
    }
    assert site.kept == {gateway: FRONT, back: BACK}


@pytest.mark.parametrize("fields", [{}, {"session": "s2"}, {"step": "one"}, {"session": ""}])
async def test_a_file_that_nobody_asked_for_is_not_kept(
    site: Running, client: ClientSession, fields: dict[str, str]
) -> None:
    if fields:
        await open_second_step(client)
    asked = len(site.router.asked)
    got = await send(client, "/submissions", form({"one.story": "x", **fields}, PHOTO))
    assert got.kinds == ["notice"]
    assert "You cannot add files to this form now" in got.html
    assert (len(site.router.asked), site.kept) == (asked, {})


async def test_a_file_for_an_input_that_is_not_there_is_not_kept(
    site: Running, client: ClientSession
) -> None:
    await open_second_step(client)
    data = form({"one.story": "x"})
    data.add_field("file.story", PHOTO[1], filename="a.png", content_type="image/png")
    assert (await send(client, "/submissions", data)).kinds == ["notice"]
    assert site.kept == {}


async def test_every_file_that_is_refused_is_told_and_the_form_is_not_sent(
    site: Running, client: ClientSession
) -> None:
    await open_second_step(client)
    data = form({"one.story": "x"})
    for name, content in (("a.png", b"<html>"), ("b.png", b"MZ"), PHOTO):
        data.add_field("file.photos", content, filename=name, content_type="image/png")
    got = await send(client, "/submissions", data)
    assert "a.png: It is a web page" in got.html
    assert "b.png: It is a program" in got.html
    assert (len(site.router.asked), len(site.kept)) == (1, 1)


@pytest.mark.parametrize("persona", ["vik", "ben"])
async def test_files_are_taken_only_from_who_was_asked_and_never_from_a_viewer(
    site: Running, client: ClientSession, persona: str
) -> None:
    await open_second_step(client)
    await client.post("/persona", data={"persona": persona})
    if persona == "vik":
        await open_second_step(client)
    assert (await send(client, "/submissions", form({}, PHOTO))).kinds == ["notice"]
    assert site.kept == {}


async def test_a_form_with_files_is_answered_once_and_twice_the_same(
    site: Running, client: ClientSession
) -> None:
    await open_second_step(client)
    fields = {"one.story": "x", "interaction": "abcd-1234"}
    for _ in range(2):
        assert await send(client, "/submissions", form(fields, PHOTO)) == Got(200, [], "")
    assert (len(site.router.asked), len(site.kept)) == (2, 1)
    again = form({"one.story": "x", "interaction": "abcd-5678"}, PHOTO)
    assert (await send(client, "/submissions", again)).kinds == ["notice"]


@pytest.mark.parametrize("key", ["", "wrong"])
async def test_files_of_a_page_without_the_key_are_not_kept(
    site: Running, client: ClientSession, key: str
) -> None:
    await open_second_step(client)
    client.headers["X-Brandwarden-Key"] = key
    assert (await send(client, "/submissions", form({}, PHOTO))).status == 403
    assert site.kept == {}


@pytest.mark.parametrize(
    "sent",
    ["front.png", "C:\\photos\\back.png", "../../etc/passwd", "..", "photos/", "a\x9b31m.png"],
)
async def test_a_file_is_called_by_what_it_is(
    site: Running, client: ClientSession, sent: str
) -> None:
    await open_second_step(client)
    assert (await send(client, "/submissions", form({}, (sent, PHOTO[1])))).status == 200
    asked = site.router.asked[-1]
    assert isinstance(asked, Submission)
    assert asked.answers["photos"] == (
        Upload("picture.png", "image/png", len(PHOTO[1]), hashlib.sha256(PHOTO[1]).hexdigest()),
    )
