"""A tiny program on the real SDK, for the tests of the fake."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Json

TEAM = "C1"


async def refused(call: Awaitable[object]) -> str:
    """Return the error that Slack answers with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def section(words: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def button(words: str, action: str, **more: str) -> Json:
    return {"type": "button", "text": text(words), "action_id": action, **more}


def note_form(title: str = "Note") -> Json:
    """Ask for a note, its kind and a file."""
    options = [{"text": text(kind), "value": kind.lower()} for kind in ("Good", "Bad")]
    return {
        "type": "modal",
        "callback_id": "note",
        "title": text(title),
        "submit": text("Save"),
        "blocks": [
            _input("note", "Your note", {"type": "plain_text_input", "max_length": 20}),
            _input("kind", "Kind", {"type": "static_select", "options": options}),
            _input("proof", "Proof", {"type": "file_input", "max_files": 2}) | {"optional": True},
        ],
    }


def _input(id: str, label: str, element: Json) -> Json:
    return {"type": "input", "block_id": id, "label": text(label), "element": element}


class Echo:
    """Says back what it hears; ``answer`` is how it acks a submission."""

    def __init__(self, slack: FakeSlack) -> None:
        logger = logging.getLogger("echo")
        logger.setLevel(logging.CRITICAL)
        self.client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, logger=logger)
        self.app = AsyncApp(
            client=self.client,
            signing_secret="secret",
            logger=logger,
            raise_error_for_unhandled_request=False,
        )
        self.heard: list[Json] = []
        self.answer: Json = {}
        self.deaf = False
        self.app.command("/echo")(self._command)
        self.app.command("/form")(self._form)
        self.app.action("again")(self._pressed)
        self.app.view("note")(self._submitted)
        for event in ("app_mention", "app_home_opened", "member_joined_channel"):
            self.app.event(event)(self._event)

    async def _command(self, ack: Any, respond: Any, body: Json) -> None:
        await ack()
        self.heard.append(body)
        buttons = {"type": "actions", "elements": [button("Again & again", "again", value="7")]}
        await respond(text="echo", blocks=[section(f"*Echo*\n{body['text']}"), buttons])

    async def _form(self, ack: Any, body: Json) -> None:
        await ack()
        self.heard.append(body)
        await self.client.views_open(trigger_id=body["trigger_id"], view=note_form())

    async def _pressed(self, ack: Any, respond: Any, body: Json) -> None:
        await ack()
        self.heard.append(body)
        await respond(text="pressed", replace_original=True)

    async def _submitted(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        if not self.deaf:
            await ack(**self.answer)

    async def _event(self, body: Json) -> None:
        self.heard.append(body)


@asynccontextmanager
async def running(slack: FakeSlack) -> AsyncIterator[Echo]:
    """Run the program over a websocket."""
    echo = Echo(slack)
    handler = AsyncSocketModeHandler(echo.app, slack.app_token, ping_interval=0.2)
    # The SDK declares no types for these two.
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.until(lambda: slack.connected)
    yield echo
    await handler.close_async()  # type: ignore[no-untyped-call]
