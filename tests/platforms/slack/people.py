"""What a person does in Slack and sees there, in her own words."""

from __future__ import annotations

import html
from collections.abc import Awaitable, Callable, Mapping, Sequence

from tests.platforms.slack import payloads
from tests.platforms.slack.acknowledged import only_ack, replied, submitted
from tests.platforms.slack.acts import Accept, Act
from tests.platforms.slack.forms import Answer, Upload, field_named, filled, missing
from tests.platforms.slack.payloads import actionable
from tests.platforms.slack.seen import label
from tests.platforms.slack.shapes import of_file
from tests.platforms.slack.state import Channel, File, Json, Message, User, View
from tests.platforms.slack.workspace import Workspace

Deliver = Callable[[str, Json, Accept], Awaitable[Act]]
_INTERACTIVE, _EVENT = "interactive", "events_api"


class Person:
    """Somebody with an account. What she does returns when the program acked it, or did not."""

    def __init__(self, slack: Workspace, deliver: Deliver, user: User) -> None:
        self.id = user.id
        self.user = user
        self._slack = slack
        self._deliver = deliver
        self.confirmed: list[str] = []
        """What Slack asked her before it told of a press, and she said yes to."""

    @property
    def ephemerals(self) -> list[Message]:
        """The messages that only she sees, latest last."""
        return self._slack.ephemerals[self.id]

    @property
    def modal(self) -> View | None:
        """The modal in front of her."""
        stack = self._slack.modals[self.id]
        return stack[-1] if stack else None

    @property
    def said(self) -> View | None:
        """What came of a form that took long: it stands in the form's place until she closes it."""
        modal = self.modal
        return modal if modal is not None and not modal.definition.get("submit") else None

    @property
    def home(self) -> View | None:
        """The app's home, as she sees it."""
        return self._slack.homes.get(self.id)

    async def command(self, command: str, text: str, channel: str) -> Act:
        """Type a slash command. She sees what its ack says."""
        place = self._slack.channels[channel]
        payload = payloads.command(self._slack, self.user, (command, _typed(text)), place)
        _, url = payloads.response_url(self._slack, self.user, channel, None)
        return await self._deliver("slash_commands", payload, replied(self._slack, url))

    async def mention(
        self,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: Sequence[Upload] = (),
    ) -> Act:
        """Write to the bot by its name, in a channel that it is in."""
        place = self._slack.channels[channel]
        assert self._slack.bot_user in place.members, f"the bot is not in {place.name}"
        message = self._write(place, f"<@{self._slack.bot_user}> {_typed(text)}", thread_ts)
        self._attach(message, files)
        if self._slack.reads_messages:
            await self._tell("message", message)
        return await self._tell("app_mention", message)

    async def press(self, where: Message | View, text: str) -> Act:
        """Press a button by its label, or choose the option of a menu; say yes if Slack asks."""
        choices = [(e, b, o) for e, b in actionable(where) for o in _labelled(e)]
        for element, block, option in choices:
            if label(option) == text:
                action = _action(element, block, option)
                if confirm := element.get("confirm"):
                    self.confirmed.append(confirm["text"]["text"])
                if option is not element:
                    state = {"type": element["type"], "selected_option": option}
                    where.answers.setdefault(block, {})[element["action_id"]] = state
                payload = payloads.pressed(self._slack, self.user, where, action)
                return await self._deliver(_INTERACTIVE, payload, only_ack(self._slack))
        raise AssertionError(f"nothing is called {text!r}; there are {_labels(choices)}")

    async def fill_in(self, answers: Mapping[str, Answer]) -> None:
        """Fill in inputs of the open modal, by label, block_id or action_id."""
        view = self._open_modal()
        for name, answer in answers.items():
            field = field_named(view, name)
            state = filled(field, answer, self._upload)
            view.answers[field.block_id][field.action_id] = state
            if field.dispatches:
                action = {"action_id": field.action_id, "block_id": field.block_id} | state
                payload = payloads.pressed(self._slack, self.user, view, action)
                await self._deliver(_INTERACTIVE, payload, only_ack(self._slack))

    async def submit(self) -> Act:
        """Hand in the open modal. It closes, changes or shows errors, as the ack says."""
        view = self._open_modal()
        assert view.definition.get("submit"), f"{view.title} has no submit button"
        assert not missing(view), f"required and empty: {missing(view)}"
        view.errors_by_block, view.trouble = {}, False
        payload = payloads.submitted(self._slack, self.user, view)
        act = await self._deliver(_INTERACTIVE, payload, submitted(self._slack, view))
        view.trouble = not act.acked
        return act

    async def close_modal(self) -> Act | None:
        """Close the modal in front; an act results if the program asked to be told."""
        view = self._open_modal()
        stack = self._slack.modals[self.id]
        cleared = bool(view.definition.get("clear_on_close"))
        del stack[0 if cleared else -1 :]
        self._slack.changed()
        if not view.definition.get("notify_on_close"):
            return None
        payload = payloads.closed(self._slack, self.user, view, cleared=cleared)
        return await self._deliver(_INTERACTIVE, payload, only_ack(self._slack))

    async def shortcut(self, callback_id: str, message: Message | None = None) -> Act:
        """Choose a shortcut in a message's menu, or a global one."""
        payload = payloads.shortcut(self._slack, self.user, callback_id, message)
        return await self._deliver(_INTERACTIVE, payload, only_ack(self._slack))

    async def open_home(self) -> Act:
        """Open the app's home."""
        body: Json = {"type": "app_home_opened", "user": self.id, "tab": "home"}
        body["channel"] = self._slack.direct(self.id).id
        return await self._event(body | {"event_ts": self._slack.new_ts()})

    async def invite_bot(self, channel: str) -> Act:
        """Invite the bot into a channel."""
        place = self._slack.channels[channel]
        place.members.add(self._slack.bot_user)
        body: Json = {"type": "member_joined_channel", "user": self._slack.bot_user}
        body |= {"channel": place.id, "channel_type": "C", "inviter": self.id}
        return await self._event(
            body | {"team": self._slack.team_id, "event_ts": self._slack.new_ts()}
        )

    async def react(self, message: Message, reaction: str) -> Act:
        """Put a reaction on a message."""
        item = {"type": "message", "channel": message.channel, "ts": message.ts}
        body: Json = {"type": "reaction_added", "user": self.id, "reaction": reaction}
        body |= {"item_user": message.author, "item": item, "event_ts": self._slack.new_ts()}
        return await self._event(body)

    async def post(
        self, channel: str, text: str, thread_ts: str | None = None, files: Sequence[Upload] = ()
    ) -> Message:
        """Write an ordinary message; the program learns of it if it reads all messages."""
        message = self._write(self._slack.channels[channel], _typed(text), thread_ts)
        self._attach(message, files)
        if self._slack.reads_messages:
            await self._tell("message", message)
        return message

    def _open_modal(self) -> View:
        assert self.modal is not None, f"no modal is open for {self.user.name}"
        return self.modal

    def _attach(self, message: Message, files: Sequence[Upload]) -> None:
        message.files = [self._keep(upload) for upload in files]
        for file in message.files:
            file.shares.append((message.channel, message.ts))
        self._slack.changed()

    def _write(self, channel: Channel, text: str, thread_ts: str | None) -> Message:
        message = Message(channel.id, self._slack.new_ts(), self.id, text, thread_ts=thread_ts)
        channel.history.append(message)
        self._slack.changed()
        return message

    async def _tell(self, kind: str, message: Message) -> Act:
        body: Json = {"type": kind, "user": self.id, "text": message.text, "ts": message.ts}
        body |= {"channel": message.channel, "team": self.user.team, "event_ts": message.ts}
        if message.thread_ts:
            head = self._slack.channels[message.channel].find(message.thread_ts)
            body |= {"thread_ts": message.thread_ts}
            body |= {"parent_user_id": head.author} if head else {}
        if message.files:
            files = [of_file(self._slack, file) for file in message.files]
            body |= {"files": files, "subtype": "file_share"}
        if kind == "message":
            body["channel_type"] = "im" if message.channel.startswith("D") else "channel"
        return await self._event(body)

    async def _event(self, body: Json) -> Act:
        payload = payloads.event(self._slack, self.user, body)
        return await self._deliver(_EVENT, payload, only_ack(self._slack))

    def _upload(self, upload: Upload) -> Json:
        return of_file(self._slack, self._keep(upload))

    def _keep(self, upload: Upload) -> File:
        name, mimetype, data = upload
        file = File(self._slack.new_id("F"), name, len(data), self.id, mimetype, data)
        self._slack.files[file.id] = file
        return file


def _typed(text: str) -> str:
    """Return text as Slack passes on what a person types: it cannot be mistaken for markup."""
    return html.escape(text, quote=False)


def _labelled(element: Json) -> list[Json]:
    """Return what can be pressed: the button itself, or each option of a menu."""
    if "options" in element:
        return list(element["options"])
    return [element] if element["type"] == "button" else []


def _action(element: Json, block_id: str, option: Json) -> Json:
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
    action |= {key: element[key] for key in ("confirm",) if key in element}
    if option is not element:
        return action | {"selected_option": option}
    action |= {key: element[key] for key in ("text", "value", "url") if key in element}
    return action


def _labels(choices: list[tuple[Json, str, Json]]) -> list[str]:
    return [label(option) for _, _, option in choices]
