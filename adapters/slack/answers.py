"""Answering people in Slack: the ack first, then what they see."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import forms, render
from adapters.slack.chat import LITERAL, TROUBLE, reason
from adapters.slack.incoming import Incoming
from adapters.slack.origin import Origin, is_direct, origin_of
from adapters.slack.shapes import Json
from adapters.slack.uploads import is_slacks
from bot.errors import BrandwardenError
from bot.ui.cards import Button, Card, Style, Tone
from bot.ui.interactions import Ask, Notice, Post, Reply, Update

log = structlog.get_logger(__name__)

Work = asyncio.Task[Sequence[Reply]]

PATIENCE = 1.5
"""Seconds after which Slack is told that it takes longer; it waits for 3."""
TOO_LATE = (
    *("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"),
    "not_found",
)
"""The moment for a modal has passed, or the person has closed it."""
WAIT = "Working on it. This can take some seconds."
DONE = Notice("Done.", Tone.GOOD)


@dataclass(frozen=True)
class Answers:
    """Passes on what people do and shows what comes back."""

    client: AsyncWebClient
    incoming: Incoming
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, body: Json) -> Json:
        """Take one delivery, and return its ack: that it is written. What is seen follows."""
        origin = origin_of(body)
        work = asyncio.create_task(self._replies(body, origin))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        if body.get("type") != "view_submission":
            self._later(self._show_all(work, origin))
            return {}
        if done:
            return self._ack_form(work.result(), origin, body["view"])
        self._later(self._show_all(work, origin, otherwise=(DONE,)))
        return {"response_action": "update", "view": forms.said_view(WAIT, Tone.INFO)}

    async def close(self) -> None:
        """Let what is being shown end."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=PATIENCE)
            for task in late:
                task.cancel()

    async def _replies(self, body: Json, origin: Origin) -> Sequence[Reply]:
        """Return the replies; none if it was answered before."""
        try:
            asked = await self.incoming.read(body, origin)
            replies = await self.incoming.front.handle(asked) if asked else None
            return replies or ()
        except BrandwardenError as error:
            return (Notice(str(error), Tone.WARNING),)

    def _ack_form(self, replies: Sequence[Reply], origin: Origin, view: Json) -> Json:
        answer = _form_answer(replies[0] if replies else None, origin, view)
        closed = answer["response_action"] == "clear"
        seen = msgspec.structs.replace(origin, view="", trigger="", home=False)
        for reply in replies if closed else replies[1:]:
            self._later(self._show(reply, seen))
        return answer

    async def _show_all(self, work: Work, origin: Origin, otherwise: Sequence[Reply] = ()) -> None:
        for reply in await work or otherwise:
            await self._show(reply, origin)

    async def _show(self, reply: Reply, origin: Origin) -> None:
        try:
            if not await self._show_view(reply, origin):
                await self._tell(_message(reply), origin, replace=isinstance(reply, Update))
        except TROUBLE as error:
            log.warning("answer not shown", chat="slack", error=type(error).__name__)

    async def _show_view(self, reply: Reply, origin: Origin) -> bool:
        """Show it in a modal or the home, where it belongs there; tell whether that was done."""
        client, opens = self.client, isinstance(reply, Ask) or origin.home
        try:
            if origin.view:
                await client.views_update(view_id=origin.view, view=_view(reply, origin))
            elif opens and origin.trigger:
                await client.views_open(trigger_id=origin.trigger, view=_view(reply, origin))
            elif origin.home:
                view = render.home_view([_card(reply)])
                await client.views_publish(user_id=origin.user, view=view)
            else:
                return False
        except SlackApiError as error:
            if reason(error) not in TOO_LATE:
                raise
            return False
        return True

    async def _tell(self, shown: Json, origin: Origin, *, replace: bool) -> None:
        """Show a message to the one person; where they acted on one, perhaps in its place."""
        thread: Json = {"thread_ts": origin.thread} if origin.thread else {}
        if is_slacks(origin.response_url, self.client.base_url):
            hook = AsyncWebhookClient(
                origin.response_url,
                session=self.client.session,
                logger=self.client.logger,
                retry_handlers=[AsyncRateLimitErrorRetryHandler()],
            )
            kind = {"response_type": "ephemeral", "replace_original": replace}
            with suppress(*TROUBLE):
                # The address serves five times in half an hour.
                if (await hook.send_dict({**shown, **kind, **thread})).status_code == HTTPStatus.OK:
                    return
        if is_direct(origin.channel):
            await self.client.chat_postMessage(channel=origin.user, **shown, **LITERAL)
        else:
            await self.client.chat_postEphemeral(
                channel=origin.channel, user=origin.user, **shown, **LITERAL, **thread
            )

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


def _form_answer(reply: Reply | None, origin: Origin, view: Json) -> Json:
    """Return what becomes of a form that was sent: its next step, what is wrong, or its end."""
    inputs = [block["block_id"] for block in view.get("blocks", ()) if block["type"] == "input"]
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
    elsewhere = not origin.home and (origin.channel or origin.response_url)
    if reply is None or (elsewhere and not (warns or isinstance(reply, Ask))):
        return {"response_action": "clear"}
    return {"response_action": "update", "view": _view(reply, origin)}


def _view(reply: Reply, origin: Origin) -> Json:
    match reply:
        case Ask():
            return forms.form_view(reply, origin.carried(reply.session, reply.step))
        case Notice(text=text, tone=tone):
            return forms.said_view(text, tone)
        case Post(card=card) | Update(card=card):
            return {**render.card_view([card]), "private_metadata": origin.carried()}


def _message(reply: Reply) -> Json:
    if isinstance(reply, Notice):
        return render.notice(reply.text, reply.tone)
    return render.message(_card(reply))


def _card(reply: Reply) -> Card:
    match reply:
        case Post(card=card) | Update(card=card):
            return card
        case Notice(text=text, tone=tone):
            return Card(title=render.NAME, body=text, tone=tone)
        case Ask(form=form, session=session):
            go_on = Button(label="Continue", action="continue", ref=session, style=Style.PRIMARY)
            return Card(title=form.title, body="Press the button to go on.", buttons=(go_on,))
