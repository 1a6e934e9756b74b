"""Files of messages: listed under the card, and handed out so that they can do no harm."""

from __future__ import annotations

import hashlib
from datetime import UTC
from urllib.parse import unquote

import msgspec
import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from adapters.web import render
from adapters.web.filters import file_name, size
from adapters.web.messages import WebMessage, message_id
from adapters.web.policy import HEADERS
from bot.core.cards import Card
from bot.core.files import Upload
from tests.cases import for_each
from tests.files import jpeg, png, webp
from tests.unit.adapters.web.reading import Tags
from tests.unit.adapters.web.sample import PICTURE, START, Running

NOTE = Card(title="Ana: a note")
PAGE = b"<script>alert(1)</script>"


def shown(*files: Upload) -> Tags:
    message = WebMessage(
        seq=1, id="m1", channel="c", stream="#c", card=NOTE, posted_at=START, files=files
    )
    return Tags(render.message(message, UTC))


def kept(site: Running, name: str, content: bytes, kind: str = "text/html") -> Upload:
    digest = hashlib.sha256(content).hexdigest()
    site.kept[digest] = content
    return Upload(name, kind, len(content), digest)


def test_files_stand_under_the_card_with_name_and_size() -> None:
    read = shown(
        Upload("box.jpg", "image/jpeg", 1_234_567, "a"), Upload("note.txt", "text/plain", 12, "b")
    )
    assert "box.jpg · 1.2 MB" in read.text
    assert "note.txt · 12 B" in read.text
    assert read.all("a", href="/files/m1/1")
    assert read.all("a", href="/files/m1/2")


def test_a_message_without_files_has_no_list() -> None:
    assert shown().all("ul") == []


@pytest.mark.parametrize(
    "hostile",
    ["<img src=x onerror=alert(1)>.png", '"onclick="alert(1)', "{{ 7 * 7 }}", "&lt;b&gt;"],
)
def test_the_name_of_a_file_stays_text(hostile: str) -> None:
    read = shown(Upload(hostile, "image/png", 1, "a"))
    assert [tag for tag, _ in read.elements] == [
        tag for tag, _ in shown(Upload("a.png", "image/png", 1, "a")).elements
    ]
    assert file_name(hostile) in read.text


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (10_000_000, "10.0 MB"),
        (2_500_000_000, "2500.0 MB"),
    ],
)
def test_a_size_is_told_in_a_unit_that_fits(count: int, told: str) -> None:
    assert size(count) == told


@for_each(
    ("given", "name"),
    [
        ("box.jpg", "box.jpg"),
        ("Schüssel 木.png", "Schüssel 木.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\back.png", "back.png"),
        (".bashrc", "bashrc"),
        ("..", "file"),
        ("", "file"),
        ("a\r\nSet-Cookie: x=1.png", "a Set-Cookie x=1.png"),
        ("x.exe::$DATA", "x.exe $DATA"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe", "\N{REPLACEMENT CHARACTER}gnp.exe"),
        ("a\ud800.png", "a\N{REPLACEMENT CHARACTER}.png"),
        ("a.tar.gz. .", "a.tar.gz"),
        ("w" * 200 + ".jpeg", "w" * 48 + ".jpeg"),
        ("w." + "x" * 200, "w." + "x" * 58),
    ],
)
def test_a_file_is_saved_under_a_name_that_harms_nobody(given: str, name: str) -> None:
    assert file_name(given) == name
    assert len(("\N{GRINNING FACE}" * len(name)).encode()) < 255


async def test_a_file_is_saved_and_never_shown(site: Running, client: ClientSession) -> None:
    files = (kept(site, "a.txt", b"first"), kept(site, 'ü"%41;\r\nb.html', PAGE))
    ref = await site.post(NOTE, "note", files=files)
    async with client.get("/") as answer:
        assert f'href="/files/{ref.id}/2"' in await answer.text()
    async with client.get(f"/files/{ref.id}/2") as answer:
        assert (answer.status, await answer.read()) == (200, PAGE)
        headers = answer.headers
    assert headers["Content-Type"] == "application/octet-stream"
    simple, _, full = headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert simple == 'attachment; filename="_ _41_ b.html"'
    assert unquote(full) == "ü %41; b.html"
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers.getall("Content-Security-Policy") == [
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    ]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "kind", "content", "shown_kind"),
    [
        ("a.png", "image/png", png(), "image/png"),
        ("a.jpg", "image/jpeg", jpeg(), "image/jpeg"),
        ("a.webp", "image/webp", webp(), "image/webp"),
        ("a.png", "image/png", PAGE, "application/octet-stream"),
    ],
)
async def test_a_picture_is_shown_as_what_its_bytes_are(
    site: Running, client: ClientSession, name: str, kind: str, content: bytes, shown_kind: str
) -> None:
    ref = await site.post(NOTE, "note", files=(kept(site, name, content, kind),))
    async with client.get("/") as answer:
        [image] = Tags(await answer.text()).all("img", src=f"/files/{ref.id}/1")
    assert (image["alt"], image["loading"]) == (name, "lazy")
    async with client.get(image["src"]) as answer:
        assert answer.headers["Content-Type"] == shown_kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert await answer.read() == content


@pytest.mark.parametrize("kind", ["image/svg+xml", "image/gif", "text/html", "application/pdf"])
def test_nothing_else_is_shown_as_a_picture(kind: str) -> None:
    assert shown(Upload("a.svg", kind, 1, "a")).all("img") == []


async def test_what_is_served_is_the_copy(site: Running, client: ClientSession) -> None:
    copy = kept(site, "a.webp", jpeg())
    original = kept(site, "a.webp", webp(), "image/webp")
    file = msgspec.structs.replace(original, copy=copy.content)
    ref = await site.post(NOTE, "note", files=(file,))
    async with client.get(f"/files/{ref.id}/1") as answer:
        assert await answer.read() == jpeg()
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert 'filename="a.jpg"' in answer.headers["Content-Disposition"]


async def test_a_file_in_a_thread_is_served_too(site: Running, client: ClientSession) -> None:
    first = await site.post(NOTE, "first")
    note = await site.post(NOTE, "note", first, (kept(site, "a.txt", b"first"),))
    async with client.get(f"/threads/{first.id}") as answer:
        assert f'href="/files/{note.id}/1"' in await answer.text()
    async with client.get(f"/files/{note.id}/1") as answer:
        assert await answer.read() == b"first"


async def test_only_files_of_the_message_are_served(site: Running, client: ClientSession) -> None:
    file = kept(site, "a.txt", b"first")
    ref = await site.post(NOTE, "note", files=(file,))
    bare = await site.post(NOTE, "bare")
    paths = [f"{ref.id}/{number}" for number in ("0", "2", "-1", "01", "1.0", "9" * 30, "", "¹")]
    for path in (*paths, f"{bare.id}/1", "nowhere/1", f"{ref.id}/{file.content}", file.content):
        async with client.get(f"/files/{path}") as answer:
            assert answer.status == 404, path
            assert "Page not found" in await answer.text()


async def test_nobody_gets_a_file_without_the_secret_link(
    site: Running, stranger: ClientSession
) -> None:
    ref = await site.post(NOTE, "note", files=(kept(site, "a.txt", b"first"),))
    async with stranger.get(f"/files/{ref.id}/1") as answer:
        assert answer.status == 403
        assert b"first" not in await answer.read()


async def test_a_file_that_is_lost_is_told_and_logged(site: Running, client: ClientSession) -> None:
    ref = await site.post(NOTE, "note", files=(Upload("a.txt", "text/plain", 5, "0" * 64),))
    with capture_logs() as logs:
        async with client.get(f"/files/{ref.id}/1") as answer:
            text = await answer.text()
    assert (answer.status, answer.content_type) == (500, "text/html")
    assert "This file cannot be read" in text
    assert "secret" not in text
    assert "Content-Disposition" not in answer.headers
    assert [log["log_level"] for log in logs] == ["error"]


async def test_an_edit_keeps_the_files(site: Running) -> None:
    file = kept(site, "a.txt", b"first")
    ref = await site.post(NOTE, "note", files=(file,))
    await site.chat.edit(ref, Card(title="Changed"))
    changed = await site.chat.message(message_id("note"))
    assert changed is not None
    assert (changed.card.title, changed.files) == ("Changed", (file,))


def test_a_message_from_before_there_were_files_is_still_read() -> None:
    old = WebMessage(seq=1, id="m1", channel="c", stream="#c", card=NOTE, posted_at=START)
    stored = msgspec.to_builtins(old)
    del stored["files"]
    assert msgspec.convert(stored, WebMessage) == old


async def test_a_form_shows_a_picture_by_its_name_alone(
    site: Running, client: ClientSession
) -> None:
    photo = kept(site, "pan.png", png(), "image/png")
    address = f"{site.url}/pictures/{PICTURE}{photo.content}"
    answer = await client.get(address)
    assert (answer.status, answer.content_type) == (200, "image/png")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert await answer.read() == png()
    for other in (photo.content, "nothing", "..%2f..%2fetc%2fpasswd"):
        assert (await client.get(f"{site.url}/pictures/{other}")).status == 404
    with capture_logs():
        lost = await client.get(f"{site.url}/pictures/{PICTURE}{'0' * 64}")
    assert lost.status == 500


async def test_nobody_gets_a_picture_without_the_secret_link(
    site: Running, stranger: ClientSession
) -> None:
    photo = kept(site, "pan.png", png(), "image/png")
    answer = await stranger.get(f"{site.url}/pictures/{PICTURE}{photo.content}")
    assert answer.status == 403
