"""The real discord.py takes the fake for Discord: messages, threads, files, limits."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import discord
import pytest

from tests.platforms.discord.echo import NOBODY, Echo, running
from tests.platforms.discord.seen import plain, seen
from tests.platforms.discord.server import FakeDiscord


async def silent(client: Echo, interaction: discord.Interaction) -> None:
    """Answer nothing."""


async def test_nonce_makes_one_message(fake: FakeDiscord) -> None:
    client, channel = Echo(silent), fake.channel("brand-alerts")
    async with running(fake, client):
        fake.faults.fail("POST /channels/*/messages", 502)
        once = await client.say(channel.id, "hello", nonce="C-1", enforce_nonce=True)
        fake.faults.lose_answer("POST /channels/*/messages")
        with pytest.raises(aiohttp.ClientError):
            await client.say(channel.id, "two", nonce="C-2", enforce_nonce=True)
        two = await client.say(channel.id, "two", nonce="C-2", enforce_nonce=True)
        again = await client.say(channel.id, "hello", nonce="C-1", enforce_nonce=True)
    assert [message.content for message in channel.messages] == ["hello", "two"]
    assert (again["id"], two["id"]) == (once["id"], str(channel.messages[1].id))
    assert fake.injected == {"502": 1, "lost answer": 1}
    assert len(channel.post_times) == 2


async def test_rate_limit_is_waited_for(fake: FakeDiscord) -> None:
    client, channel = Echo(silent), fake.channel("brand-alerts")
    async with running(fake, client):
        fake.faults.rate_limit("POST /channels/*", retry_after=0.01)
        await client.say(channel.id, "hello")
    assert [request.status for request in fake.requests][-2:] == [429, 200]
    assert len(channel.messages) == 1


async def test_thread_starts_once_and_takes_messages(fake: FakeDiscord) -> None:
    client, channel = Echo(silent), fake.channel("brand-alerts")
    async with running(fake, client):
        said = await client.say(channel.id, "C-1")
        path = f"/channels/{channel.id}/messages/{said['id']}/threads"
        started = await client.call("POST", path, {"name": "C-1", "auto_archive_duration": 1440})
        assert started["id"] == said["id"]
        with pytest.raises(discord.HTTPException) as caught:
            await client.call("POST", path, {"name": "C-1"})
        assert caught.value.code == 160004
        await client.call("PATCH", f"/channels/{said['id']}", {"archived": True})
        thread = channel.thread_of(channel.messages[0])
        assert thread is not None
        was_archived = thread.archived
        await client.say(thread.id, "more")
        assert (was_archived, thread.archived) == (True, False)
        assert [message.content for message in thread.messages] == ["more"]
        page = await client.call("GET", f"/channels/{thread.id}/messages")
        assert [message["content"] for message in page] == ["more"]


async def test_files_go_in_and_come_out(fake: FakeDiscord) -> None:
    client, channel, ana = Echo(silent), fake.channel("general"), fake.person("Ana")
    async with running(fake, client):
        body = {
            "embeds": [{"title": "Proof", "image": {"url": "attachment://a.png"}}],
            "attachments": [{"id": 0, "filename": "a.png"}, {"id": 1, "filename": "b.txt"}],
            "allowed_mentions": NOBODY,
        }
        form: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(body)}]
        for number, content in enumerate((b"png", b"text")):
            part = {"name": f"files[{number}]", "value": content, "filename": "x"}
            form.append(part | {"content_type": "text/plain"})
        await client.call("POST", f"/channels/{channel.id}/messages", form=form)
        look = seen(channel.messages[0])
        assert look.files == ("b.txt",)
        assert await client.http.get_from_cdn(look.images[0]) == b"png"

        posted = await ana.post("general", "mine", [("c.pdf", "application/pdf", b"pdf")])
        assert await client.http.get_from_cdn(posted.attachments[0].url) == b"pdf"
        posted.attachments[0].expired = True
        with pytest.raises(discord.NotFound):
            await client.http.get_from_cdn(posted.attachments[0].url)
    assert not fake.violations


@pytest.mark.conformance
async def test_what_the_specification_forbids_is_noted(fake: FakeDiscord) -> None:
    client, channel = Echo(silent), fake.channel("general")
    async with running(fake, client):
        with pytest.raises(discord.HTTPException) as caught:
            await client.say(channel.id, "x", tts="yes")
    assert caught.value.code == 50035
    assert "(specification)" in fake.violations[0]


def rows(count: int, prefix: str = "a") -> list[dict[str, Any]]:
    """Rows of a button each."""
    buttons = [
        {"type": 2, "style": 1, "label": "Go", "custom_id": f"{prefix}{n}"} for n in range(count)
    ]
    return [{"type": 1, "components": [button]} for button in buttons]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"content": "x" * 2001}, "content"),
        ({"components": rows(6)}, "components"),
        ({"components": [*rows(1), *rows(1)]}, "duplicated"),
        ({"flags": 1 << 15, "content": "x"}, "content"),
        ({"embeds": [{"description": "x" * 4000}] * 2}, "6000"),
        ({"embeds": [{"fields": [{"name": "", "value": "x"}]}]}, "fields.0.name"),
        ({"nonce": "x" * 26}, "nonce"),
    ],
)
async def test_what_the_specification_misses_is_refused(
    fake: FakeDiscord, body: dict[str, Any], where: str
) -> None:
    client, channel = Echo(silent), fake.channel("general")
    async with running(fake, client):
        with pytest.raises(discord.HTTPException) as caught:
            await client.say(channel.id, **{"text": "x", **body})
    assert caught.value.code == 50035
    assert any(where in violation for violation in fake.violations)
    assert not channel.messages


async def test_mentions_and_permissions(fake: FakeDiscord) -> None:
    client, channel = Echo(silent), fake.channel("general")
    async with running(fake, client):
        await client.say(channel.id, "@everyone look")
        assert not fake.violations
        assert not fake.pings
        await client.say(channel.id, "@everyone look", allowed_mentions={"parse": ["everyone"]})
        assert len(fake.violations) == 1
        assert fake.pings == ["@everyone"]
        with pytest.raises(discord.Forbidden) as caught:
            await client.say(fake.channel("read-only").id, "x")
        assert caught.value.code == 50013
        hidden = fake.add_channel("hidden", visible=False)
        with pytest.raises(discord.Forbidden) as caught:
            await client.say(hidden.id, "x")
        assert caught.value.code == 50001


def test_a_person_reads_no_marks() -> None:
    assert plain(r"### **C\-1** by \*Best\_Shop\*") == "C-1 by *Best_Shop*"
    assert plain("-# a `b*c_d` [page](https://x.y) snake_case") == "a b*c_d page snake_case"
