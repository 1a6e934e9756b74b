"""What comes from Slack, acked in time and answered. One listener takes everything."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from logging import Logger
from typing import Any

import msgspec
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import CHAT, forms
from adapters.slack.answers import Answers, view_of
from adapters.slack.block_kit import Json
from adapters.slack.channel_access import Happenings
from adapters.slack.inbound import STRANGE, Incoming
from adapters.slack.origin import Origin, origin_of, part
from bot.core.cards import Tone
from bot.core.idempotency import Response
from bot.core.interactions import Ask, Notice, Reply, Update
from bot.core.interface import speak, tr, tr_data
from bot.errors import BrandwardenError

log = structlog.get_logger(__name__)

Work = asyncio.Task[Response]

PATIENCE = 1.5
"""Seconds after which Slack is told that it takes longer; it waits for 3."""
WAIT = "Working on it. This can take a few seconds."
ASKING = ("app_mention", "app_home_opened", "message", "member_joined_channel")
"""The events that ask for an answer."""
MALFORMED = (AttributeError, LookupError, TypeError, ValueError)
"""What reading runs into if it is not built as Slack's documentation says."""


@dataclass(frozen=True)
class Listener:
    """Passes on what people do and shows what comes back."""

    answers: Answers
    incoming: Incoming
    happenings: Happenings
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def app(self, client: AsyncWebClient, signing_secret: str, logger: Logger) -> AsyncApp:
        """Return the application of slack_bolt that gives us all that it gets."""

        async def take(ack: AsyncAck, body: Json) -> BoltResponse:
            return await ack(**await self.take(body))

        # Without a name bolt looks through every frame and module for the file that it is in.
        app = AsyncApp(name=CHAT, client=client, signing_secret=signing_secret, logger=logger)

        async def failed(error: Exception) -> BoltResponse:
            if not isinstance(error, MALFORMED):
                log.error("a delivery failed", chat=CHAT, exc_info=error)
                return BoltResponse(status=500)
            log.warning("not understood", chat=CHAT, error=type(error).__name__)
            return BoltResponse(status=400)

        app.error(failed)
        # As a middleware that calls no next one it ends every request: bolt has no listener to
        # look for, and waits for none in steps of 10 ms.
        app.middleware(take)
        return app

    async def take(self, body: Json) -> Json:
        """Take one delivery, and return its ack: that it is written. What is seen follows."""
        with speak(await self.incoming.gateway.language()):
            return await self._take(body)

    async def _take(self, body: Json) -> Json:
        origin = origin_of(body)
        work = asyncio.create_task(self._respond(body, origin))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        if body.get("type") != "view_submission":
            self._later(self._show_all(work, origin))
            return {}
        if done:
            return self._ack_form(work.result(), origin, part(body, "view"))
        self._later(self._show_late(work, origin))
        return {"response_action": "update", "view": forms.said_view(tr_data(WAIT), Tone.INFO)}

    async def close(self) -> None:
        """Let what is being shown end."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=PATIENCE)
            for task in late:
                task.cancel()

    async def _respond(self, body: Json, origin: Origin) -> Response:
        """Return the replies; none if nothing was asked."""
        try:
            if event := part(body, "event"):
                await self.happenings.hear(event)
            files = self.incoming.gateway.intake()
            asked = await self.incoming.read(body, origin, files)
            if asked:
                return await self.incoming.gateway.handle(asked, files=files)
            return Response(())
        except BrandwardenError as error:
            failed = Notice(tr_data(str(error)), Tone.WARNING)
        except MALFORMED as error:
            log.warning("not understood", chat=CHAT, error=type(error).__name__)
            failed = Notice(tr_data(STRANGE), Tone.WARNING)
        # Nothing waits for an answer to the other events.
        waits = part(body, "event").get("type") in (None, *ASKING)
        return Response((failed,) if waits else ())

    def _ack_form(self, response: Response, origin: Origin, view: Json) -> Json:
        replies = response.replies
        answer = _form_answer(replies[0] if replies else None, origin, view)
        if response.repeated:
            return answer
        closed = answer["response_action"] == "clear"
        for reply in replies if closed else replies[1:]:
            self._later(self.answers.show(reply, _behind(origin)))
        return answer

    async def _show_late(self, work: Work, origin: Origin) -> None:
        """Show what came of a form that says that it takes longer, and cannot be closed."""
        response = await work
        if response.repeated:
            return
        first, *others = response.replies or (_done(),)
        if isinstance(first, Update) and _elsewhere(origin):
            # A card changes where it stands, however long that took.
            first, others = _done(), [first, *others]
        await self.answers.show(first, origin)
        for reply in others:
            await self.answers.show(reply, _behind(origin))

    async def _show_all(self, work: Work, origin: Origin) -> None:
        response = await work
        if not response.repeated:
            for reply in response.replies:
                await self.answers.show(reply, origin)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


def _done() -> Notice:
    return Notice(tr("Done."), Tone.GOOD)


def _elsewhere(origin: Origin) -> bool:
    """Tell whether a form was opened at a place where something can be shown beside it."""
    return not origin.home and bool(origin.channel or origin.response_url)


def _behind(origin: Origin) -> Origin:
    """Return the place at which a form was opened."""
    return msgspec.structs.replace(origin, view="", trigger="", home=False)


def _form_answer(reply: Reply | None, origin: Origin, view: Json) -> Json:
    """Return what becomes of a form that was sent: its next step, what is wrong, or its end."""
    blocks = view.get("blocks") or ()
    inputs = [block["block_id"] for block in blocks if block.get("type") == "input"]
    warns = isinstance(reply, Notice) and reply.tone is Tone.WARNING
    wrong: dict[str, str] = {}
    if isinstance(reply, Ask) and reply.step == origin.step:
        wrong = forms.errors(reply)
    elif isinstance(reply, Notice) and warns and inputs:
        # What was typed stays, so that it can be sent again.
        wrong = {inputs[0]: reply.text}
    if wrong:
        return {"response_action": "errors", "errors": wrong}
    # What else is told is shown where they came from, if there is such a place.
    if reply is None or (_elsewhere(origin) and not (warns or isinstance(reply, Ask))):
        return {"response_action": "clear"}
    return {"response_action": "update", "view": view_of(reply, origin)}
