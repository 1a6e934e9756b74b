"""The port that Slack calls: junk costs little, and what Slack signed is never a traceback."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from tests.patience import PATIENCE
from tests.platforms.slack.posting import signed
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import ALERTS, working
from tests.unit.conftest import Team

SECRET = "shh"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Caller:
    """Calls the port as anybody may."""

    def __init__(self, session: ClientSession, port: int) -> None:
        self.session, self.port = session, port

    async def call(
        self, body: str | bytes, headers: dict[str, str], *, kind: str = FORM, path: str = ""
    ) -> int:
        url = f"http://127.0.0.1:{self.port}{path or '/slack/events'}"
        given = {"Content-Type": kind, **headers}
        async with self.session.post(url, data=body, headers=given) as answer:
            assert "Server" not in answer.headers
            return answer.status

    async def sign(self, body: str, *, kind: str = FORM) -> int:
        return await self.call(body, signed(body, SECRET), kind=kind)


@pytest.fixture
async def caller(team: Team, fake: FakeSlack, unused_tcp_port: int) -> AsyncIterator[Caller]:
    async with (
        working(team, fake, app_token="", signing_secret=SECRET, port=unused_tcp_port),
        ClientSession() as session,
    ):
        yield Caller(session, unused_tcp_port)


def _now() -> str:
    return str(int(time.time()))


def _headers(stamp: str, signature: str) -> dict[str, str]:
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}


UNSIGNED: dict[str, tuple[str, dict[str, str]]] = {
    "no JSON": ("payload={nope", {}),
    "a list": ("payload=[]", {}),
    "braces": ("payload=" + '{"a":' * 3000, {}),
    "a letter that is none": ("x=1", _headers(_now(), "v0=é")),
    "no number": ("x=1", _headers("abc", "v0=1")),
    "other digits": ("x=1", _headers("١٢", "v0=1")),
    "a number of many digits": ("x=1", _headers("9" * 5000, "v0=1")),
    "a negative number": ("x=1", _headers("-1", "v0=1")),
    "no signature": ("x=1", _headers(_now(), "")),
    "another version": ("x=1", _headers(_now(), "v1=" + "0" * 64)),
    "a charset that is none": ("x=1", {"Content-Type": f"{FORM}; charset=none"}),
    "a bolt of its own": ("x=1", {"X-Slack-Bolt-Lazy-Only": "1"}),
    "compressed": ("x=1", {**signed("x=1", SECRET), "Content-Encoding": "identity"}),
}


@pytest.mark.parametrize("kind", UNSIGNED)
async def test_what_slack_did_not_sign_is_refused_without_a_traceback(
    caller: Caller, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    body, headers = UNSIGNED[kind]
    with capture_logs() as logs:
        assert await caller.call(body, headers) == 401
    assert [log.get("exc_info") for log in logs] == [None]
    assert caplog.records == []


async def test_other_addresses_need_a_signature_too(caller: Caller) -> None:
    assert await caller.call("x=1", {}, path="/admin") == 401
    assert await caller.call("x=1", signed("x=1", SECRET), path="/admin") == 404


async def test_a_signature_that_is_given_twice_is_none(caller: Caller) -> None:
    head = "".join(f"{name}: {value}\r\n" * 2 for name, value in signed("", SECRET).items())
    sent = f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}Content-Length: 0\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", caller.port)
    writer.write(sent.encode())
    assert b" 401 " in await asyncio.wait_for(reader.readline(), PATIENCE)
    writer.close()


async def test_slack_may_try_the_certificate(caller: Caller, fake: FakeSlack) -> None:
    before = len(fake.requests)
    assert await caller.call("token=x&ssl_check=1", {}) == 200
    assert await caller.call("x=ssl_check%3D1", {}) == 401
    assert len(fake.requests) == before


async def test_a_flood_leaves_one_line_that_later_says_how_many(caller: Caller) -> None:
    with capture_logs() as logs:
        for _ in range(50):
            await caller.call("payload={", {})
        for _ in range(50):
            await _cut_off(caller.port, b"nonsense\r\n\r\n")
        with patch("adapters.http.lines.EVERY", 0):
            await caller.call("payload={", {})
    refused = [log for log in logs if "signature" in log["event"]]
    assert [log["times"] for log in refused] == [1, 50]
    assert len(logs) - len(refused) == 1


@pytest.mark.ci
async def test_calls_that_never_end_are_cut_off(caller: Caller) -> None:
    with patch("adapters.http.lines.IDLE", 0.1), patch("adapters.slack.callbacks.PATIENCE", 0.1):
        assert await _cut_off(caller.port, b"POST /slack/events HTTP/1.1\r\nHost: ") == b""
        head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"
        assert b" 408 " in await _cut_off(caller.port, head)


async def test_connections_beyond_the_most_are_closed(caller: Caller) -> None:
    with patch("adapters.http.lines.MOST", 2):
        held = [await asyncio.open_connection("127.0.0.1", caller.port) for _ in range(2)]
        for _, writer in held:
            writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        for reader, _ in held:
            await asyncio.wait_for(reader.readline(), PATIENCE)
        assert await _cut_off(caller.port, b"") == b""
        for _, writer in held:
            writer.close()


async def _cut_off(port: int, sent: bytes) -> bytes:
    """Send, and return all that comes until the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        with suppress(ConnectionError):
            return await asyncio.wait_for(reader.read(), PATIENCE)
        return b""
    finally:
        writer.close()


def _form(payload: str) -> str:
    return urlencode({"payload": payload})


ODD = {
    "no JSON": ("{nope", JSON),
    "nothing": ("", JSON),
    "a list": ("[]", JSON),
    "a word": ('"x"', JSON),
    "payload is a list": (_form("[1]"), FORM),
    "payload is nothing": (_form("null"), FORM),
    "braces": ("payload=" + '{"a":' * 3000, FORM),
    "brackets": ("[" * 3000, JSON),
    "an event that is a number": ('{"event": 5}', JSON),
    "an event that is a list, and no action": (
        '{"type": "block_actions", "event": [], "actions": []}',
        JSON,
    ),
    "a view that is a word": (
        urlencode({"payload": '{"type":"view_submission","view":"x"}'}),
        FORM,
    ),
    "a view that is nothing": (_form('{"type":"view_submission","view":null}'), FORM),
    "blocks that are a number": (_form('{"type":"view_submission","view":{"blocks":5}}'), FORM),
    "no authorizations": ('{"authorizations": 7, "event": {}}', JSON),
    "an event without a type": ('{"type": "event_callback", "event": {"type": []}}', JSON),
    "a surrogate": ('{"event": {"type": "app_mention", "user": "U\\ud800"}}', JSON),
    "a charset that is none": ("x=1", f"{FORM}; charset=none"),
}


@pytest.mark.parametrize("kind", ODD)
async def test_what_slack_signed_but_nobody_understands_is_no_traceback(
    caller: Caller, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    body, content_type = ODD[kind]
    with capture_logs() as logs:
        assert await caller.sign(body, kind=content_type) in (200, 400)
    assert [log for log in logs if log.get("exc_info")] == []
    assert caplog.records == []


async def test_signed_bytes_that_are_no_text_are_refused(caller: Caller) -> None:
    body = "x=\xff"
    headers = signed(body, SECRET)
    assert await caller.call(body.encode("latin-1"), headers) == 401


NAMES = (
    *("type", "event", "view", "user", "team", "channel", "message", "container", "actions"),
    *("authorizations", "state", "values", "blocks", "id", "files", "is_ext_shared_channel"),
    *("response_urls", "enterprise", "text"),
)
TYPES = (
    *("view_submission", "view_closed", "block_actions", "event_callback", "url_verification"),
    *("shortcut", "message_action"),
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
_TYPES = st.sampled_from(TYPES)


async def test_nothing_that_is_sent_is_a_traceback(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    found: list[tuple[object, int]] = []

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_VALUES, _TYPES, st.booleans(), st.booleans(), st.text(max_size=30))
    def play(value: object, kind: str, is_form: bool, is_signed: bool, junk: str) -> None:
        told = {**value, "type": kind} if isinstance(value, dict) else value
        text = json.dumps(told)
        body = _form(text) if is_form else text
        headers = signed(body, SECRET) if is_signed else {"X-Slack-Signature": junk.strip()}
        call = caller.call(body, headers, kind=FORM if is_form else JSON)
        try:
            status = asyncio.run_coroutine_threadsafe(call, loop).result(PATIENCE)
        except ValueError:
            return  # no client sends such a header
        found.append((told, status))
        assert status in ((200, 400) if is_signed else (401,))

    with capture_logs() as logs:
        await asyncio.to_thread(play)
    assert found
    assert [log for log in logs if log.get("exc_info")] == []
    assert caplog.records == []


async def test_a_call_that_is_signed_still_works_behind_a_flood(
    caller: Caller, fake: FakeSlack
) -> None:
    for _ in range(20):
        await caller.call("payload={", {})
    told = {"command": "/brand", "text": "help", "user_id": "UANA", "team_id": "T0TEAM"}
    assert await caller.sign(urlencode(told | {"channel_id": ALERTS, "trigger_id": "1"})) == 200
