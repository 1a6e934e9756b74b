"""What a person gets back: in a modal, the home or a message, where Slack takes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import CHAT, forms, render
from adapters.slack.block_kit import Json
from adapters.slack.calls import TROUBLE, UNREADABLE, reason
from adapters.slack.origin import Origin, is_direct, is_slacks
from adapters.slack.outbound import LITERAL
from bot.core.cards import Button, Card, Style
from bot.core.interactions import Ask, Notice, Post, Reply, Update
from bot.core.interface import tr

log = structlog.get_logger(__name__)

Way = Callable[..., Awaitable[object]]

TOO_LATE = (
    *("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"),
    "not_found",
)
"""The moment for a modal has passed, or the person has closed it."""


@dataclass(frozen=True)
class Answers:
    """Shows replies; what Slack refuses in one place goes to the next."""

    client: AsyncWebClient

    async def show(self, reply: Reply, origin: Origin) -> None:
        """Show the reply to the person who asked."""
        if not await self._show_view(reply, origin):
            await self._tell(_message(reply), origin, replace=isinstance(reply, Update))

    async def _show_view(self, reply: Reply, origin: Origin) -> bool:
        """Show it in a modal or the home, where it belongs there; tell whether that was done.

        Where Slack fails, the reply follows as a message: a form, behind a button.
        """
        client, opens = self.client, isinstance(reply, Ask) or origin.home
        try:
            if origin.view:
                await client.views_update(view_id=origin.view, view=view_of(reply, origin))
            elif opens and origin.trigger:
                await client.views_open(trigger_id=origin.trigger, view=view_of(reply, origin))
            elif origin.home:
                view = render.home_view([_card(reply)])
                await client.views_publish(user_id=origin.user, view=view)
            else:
                return False
        except (*TROUBLE, *UNREADABLE) as error:
            word = reason(error) if isinstance(error, SlackApiError) else ""
            if word not in TOO_LATE:
                log.warning("view not shown", chat=CHAT, error=word or type(error).__name__)
            return False
        return True

    async def _tell(self, shown: Json, origin: Origin, *, replace: bool) -> None:
        """Show a message to the one person, in the first place that takes it."""
        thread: Json = {"thread_ts": origin.thread} if origin.thread else {}
        if await self._respond({**shown, **thread}, origin, replace=replace):
            return
        for post in self._ways(origin, thread):
            try:
                await post(**shown, **LITERAL)
            except (*TROUBLE, *UNREADABLE) as error:
                word = reason(error) if isinstance(error, SlackApiError) else ""
                log.info("answer refused", chat=CHAT, error=word or type(error).__name__)
            else:
                return
        log.warning("answer not shown", chat=CHAT)

    def _ways(self, origin: Origin, thread: Json) -> Iterator[Way]:
        """Return the ways to show a person a message: in the thread, in the channel, in private."""
        if not origin.user:
            return
        if not is_direct(origin.channel):
            beside = partial(
                self.client.chat_postEphemeral, channel=origin.channel, user=origin.user
            )
            if thread:
                yield partial(beside, **thread)
            yield beside
        yield partial(self.client.chat_postMessage, channel=origin.user)

    async def _respond(self, shown: Json, origin: Origin, *, replace: bool) -> bool:
        """Answer where Slack waits for it, perhaps in place of the card on which they acted."""
        if not is_slacks(origin.response_url, self.client.base_url):
            return False
        hook = AsyncWebhookClient(
            origin.response_url,
            session=self.client.session,
            logger=self.client.logger,
            retry_handlers=[AsyncRateLimitErrorRetryHandler()],
        )
        kind = {"response_type": "ephemeral", "replace_original": replace}
        with suppress(*TROUBLE, *UNREADABLE):
            # The address serves five times in half an hour.
            answer = await hook.send_dict({**shown, **kind})
            return bool(answer.status_code == HTTPStatus.OK)
        return False


def view_of(reply: Reply, origin: Origin) -> Json:
    """Return the modal that shows a reply."""
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
            label = tr("Continue")
            go_on = Button(label=label, action="continue", ref=session, style=Style.PRIMARY)
            body = tr("Slack did not open the form. Press the button to open it.")
            return Card(title=form.title, body=body, buttons=(go_on,))
