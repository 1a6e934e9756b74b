"""Answering people in Slack: the ack first, then what they see."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import msgspec
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import forms, render
from adapters.slack.chat import LITERAL, TROUBLE, reason
from adapters.slack.incoming import Incoming, Origin
from adapters.slack.shapes import Json
from bot.app.front import Front
from bot.errors import BrandwardenError
from bot.ui.cards import Button, Card, Style, Tone
from bot.ui.interactions import Ask, Notice, Post, Reply, Update

log = structlog.get_logger(__name__)

Ack = Callable[..., Awaitable[object]]

PATIENCE = 1.5
"""Seconds after which Slack is told that it takes longer; it waits for 3."""
METADATA = 3000
EXPIRED = ("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged")


class Answers:
    """Passes on what people do and shows what comes back."""

    def __init__(self, front: Front, client: AsyncWebClient, incoming: Incoming) -> None:
        """Answer through the client."""
        self._front = front
        self._client = client
        self._incoming = incoming
        self._running: set[asyncio.Task[None]] = set()

    async def take(self, body: Json, ack: Ack) -> None:
        """Take one delivery. The ack says that it is written; what is seen follows."""
        origin = self._incoming.origin(body)
        work = asyncio.ensure_future(self._replies(body, origin))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        if body.get("type") == "view_submission":
            await self._ack_form(body, origin, work, ack, late=not done)
            return
        await ack()
        self._later(self._show_all(work, origin))

    async def close(self) -> None:
        """Let what is being shown end."""
        if self._running:
            await asyncio.wait(self._running, timeout=PATIENCE)

    async def _replies(self, body: Json, origin: Origin) -> Sequence[Reply] | None:
        """Return the replies; None if it was answered before."""
        try:
            asked = await self._incoming.read(body, origin)
            return await self._front.handle(asked) if asked else ()
        except BrandwardenError as error:
            return (Notice(str(error), Tone.WARNING),)

    async def _ack_form(
        self,
        body: Json,
        origin: Origin,
        work: asyncio.Future[Sequence[Reply] | None],
        ack: Ack,
        *,
        late: bool,
    ) -> None:
        if late:
            await ack(response_action="update", view=forms.waiting_view(render.NAME))
            shown = msgspec.structs.replace(origin, view=body["view"]["id"])
            self._later(self._show_all(work, shown))
            return
        replies = work.result() or ()
        ask = next((reply for reply in replies if isinstance(reply, Ask)), None)
        if ask is not None:
            await ack(**_next_step(ask, origin))
            return
        stays = [reply for reply in replies if _stays(reply, origin)]
        if stays:
            await ack(response_action="update", view=_view(stays[0]))
        else:
            await ack(response_action="clear")
            self._later(self._show_all(work, origin))

    async def _show_all(self, work: asyncio.Future[Sequence[Reply] | None], origin: Origin) -> None:
        for reply in await work or ():
            try:
                await self._show(reply, origin)
            except TROUBLE as error:
                log.warning("answer not shown", chat="slack", error=type(error).__name__)

    async def _show(self, reply: Reply, origin: Origin) -> None:
        if isinstance(reply, Ask):
            await self._ask(reply, origin)
        elif origin.home and not origin.view and origin.trigger:
            await self._client.views_open(trigger_id=origin.trigger, view=_view(reply))
        elif origin.home and isinstance(reply, Post):
            view = render.home_view([reply.card])
            await self._client.views_publish(user_id=origin.user, view=view)
        elif origin.view:
            await self._client.views_update(view_id=origin.view, view=_view(reply))
        else:
            await self._tell(_message(reply), origin, replace=isinstance(reply, Update))

    async def _ask(self, ask: Ask, origin: Origin) -> None:
        view = _form(ask, origin)
        try:
            if origin.view:
                await self._client.views_update(view_id=origin.view, view=view)
            else:
                await self._client.views_open(trigger_id=origin.trigger, view=view)
        except SlackApiError as error:
            if reason(error) not in EXPIRED:
                raise
            button = Button(
                label="Continue", action="continue", ref=ask.session, style=Style.PRIMARY
            )
            card = Card(
                title=ask.form.title, body="Slack gave it up: that took long.", buttons=(button,)
            )
            await self._tell(render.message(card), origin, replace=False)

    async def _tell(self, shown: Json, origin: Origin, *, replace: bool) -> None:
        """Show a message to the one person; where they acted on one, perhaps in its place."""
        thread: Json = {"thread_ts": origin.thread} if origin.thread else {}
        if origin.response_url:
            hook = AsyncWebhookClient(origin.response_url)
            kind = {"response_type": "ephemeral", "replace_original": replace}
            await hook.send_dict({**shown, **kind, **thread})
        elif origin.channel:
            await self._client.chat_postEphemeral(
                channel=origin.channel, user=origin.user, **shown, **LITERAL, **thread
            )

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


def _next_step(ask: Ask, origin: Origin) -> Json:
    wrong = forms.errors(ask)
    if wrong and ask.step == origin.step:
        return {"response_action": "errors", "errors": wrong}
    return {"response_action": "update", "view": _form(ask, origin)}


def _form(ask: Ask, origin: Origin) -> Json:
    carried = msgspec.structs.replace(
        origin, trigger="", view="", session=ask.session, step=ask.step
    )
    metadata = msgspec.json.encode(carried).decode()
    if len(metadata) > METADATA:
        carried = msgspec.structs.replace(carried, response_url="")
        metadata = msgspec.json.encode(carried).decode()
    return forms.form_view(ask, metadata)


def _stays(reply: Reply, origin: Origin) -> bool:
    """Tell whether a form's answer is shown in the modal: a warning, or when nowhere else can."""
    warns = isinstance(reply, Notice) and reply.tone is Tone.WARNING
    return warns or origin.home or not (origin.channel or origin.response_url)


def _view(reply: Reply) -> Json:
    if isinstance(reply, Post | Update):
        return render.card_view([reply.card])
    text, tone = (reply.text, reply.tone) if isinstance(reply, Notice) else ("", Tone.INFO)
    return forms.said_view(text, tone)


def _message(reply: Reply) -> Json:
    if isinstance(reply, Post | Update):
        return render.message(reply.card)
    text, tone = (reply.text, reply.tone) if isinstance(reply, Notice) else ("", Tone.INFO)
    return render.notice(text, tone)
