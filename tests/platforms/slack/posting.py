"""HTTP mode: the same acts as signed requests to the program's address."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from urllib.parse import urlencode

from aiohttp import ClientConnectionError, ClientSession, ClientTimeout
from slack_sdk.signature import SignatureVerifier

from tests.platforms.slack.acts import Act
from tests.platforms.slack.state import Json
from tests.platforms.slack.workspace import Workspace


class Posting:
    """Brings each act by a POST; the answer is the ack."""

    def __init__(self, slack: Workspace, url: str, signing_secret: str) -> None:
        self._slack = slack
        self._url = url
        self._secret = signing_secret

    async def bring(self, act: Act, patience: float) -> None:
        """Send the act, and wait for the answer; an error is no ack."""
        body, content_type = _body(act)
        headers = signed(body, self._secret) | {"Content-Type": content_type}
        if act.retry:
            headers["X-Slack-Retry-Num"] = str(act.retry)
            headers["X-Slack-Retry-Reason"] = act.retry_reason
        timeout = ClientTimeout(total=patience)
        with contextlib.suppress(ClientConnectionError, asyncio.TimeoutError):
            async with (
                ClientSession(timeout=timeout) as session,
                session.post(self._url, data=body, headers=headers) as response,
            ):
                act.delivered = True
                text = await response.text()
                if response.status == 200:
                    act.take_ack(_answer(text, response.content_type), patience)
        self._slack.changed()


def signed(body: str, secret: str, *, at: int | None = None) -> dict[str, str]:
    """Return the headers that prove who sent the body, and when (Unix seconds)."""
    timestamp = str(int(time.time()) if at is None else at)
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    assert signature is not None
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


def _body(act: Act) -> tuple[str, str]:
    if act.kind == "events_api":
        return json.dumps(act.payload), "application/json"
    form = act.payload if act.kind == "slash_commands" else {"payload": json.dumps(act.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _answer(text: str, content_type: str) -> Json | None:
    if not text:
        return None
    if content_type == "application/json":
        answer: Json = json.loads(text)
        return answer
    return {"text": text}
