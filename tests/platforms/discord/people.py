"""A person at Discord's own program: what she does, and what she sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tests.platforms.discord.components import INPUTS, LINK, Part, walk
from tests.platforms.discord.modals import Given, OpenModal
from tests.platforms.discord.options import Typing
from tests.platforms.discord.payloads import (
    attachment_json,
    interaction_json,
    member_json,
    message_json,
    user_json,
)
from tests.platforms.discord.rest_interactions import COMMAND, COMPLETION, COMPONENT, SUBMISSION
from tests.platforms.discord.state import Channel, Guild, Interaction, Member, Message
from tests.platforms.discord.wire import File, Json
from tests.platforms.discord.world import World

USER_COMMAND, MESSAGE_COMMAND = 2, 3
Choice = tuple[str, str | int | float]


class Person:
    """Each act waits for the bot's first response, or until it is too late for one.

    What Discord's own program would not let her do raises AssertionError.
    """

    def __init__(self, world: World, guild: Guild, member: Member) -> None:
        self._world = world
        self.guild = guild
        self.member = member

    @property
    def id(self) -> str:
        return str(self.member.id)

    @property
    def name(self) -> str:
        return self.member.name

    @property
    def ephemerals(self) -> list[Message]:
        """Return the messages that only she sees, the latest last."""
        return self.member.ephemerals

    @property
    def modal(self) -> OpenModal | None:
        return self.member.modal

    async def command(
        self,
        name: str,
        options: Mapping[str, object] | None = None,
        channel: Channel | str | None = None,
    ) -> Interaction:
        """Type a slash command, with its subcommand after a space."""
        data = self._typing().typed(name, options or {})
        return await self._act(COMMAND, self._place(channel), data)

    def options_of(self, name: str) -> list[str]:
        """Return what the client lets this person fill in behind a slash command."""
        return self._typing().wanted(name)

    async def complete(
        self,
        name: str,
        options: Mapping[str, object],
        focused: str,
        channel: Channel | str | None = None,
    ) -> list[Choice]:
        """Type a part of an option, and return the choices that are offered."""
        data = self._typing().typed(name, options, focused)
        act = await self._act(COMPLETION, self._place(channel), data)
        return [(choice["name"], choice["value"]) for choice in act.choices]

    async def context_menu(self, name: str, target: Message | Person) -> Interaction:
        """Choose a command from the menu of a message, or of a person."""
        if isinstance(target, Person):
            command = self._typing().find(name, USER_COMMAND)
            member = member_json(target.member, with_user=False)
            resolved = {"users": {target.id: user_json(target.member)}}
            resolved["members"] = {target.id: member}
            id, channel = target.id, self._place(None)
        else:
            command = self._typing().find(name, MESSAGE_COMMAND)
            self._check_sees(target)
            id, channel = str(target.id), target.channel
            resolved = {"messages": {id: message_json(target)}}
        data = {"id": command["id"], "name": name, "type": command["type"]}
        return await self._act(COMMAND, channel, data | {"target_id": id, "resolved": resolved})

    async def press(self, message: Message, label: str) -> Interaction:
        """Press the button with this label, or choose it in a menu."""
        self._check_sees(message)
        parts = list(walk(message.components))
        for menu in parts:
            if any(option["label"] == label for option in menu.get("options") or ()):
                return await self.choose(message, menu["custom_id"], [label])
        buttons = [each for each in parts if each["type"] == Part.BUTTON]
        button = _find(buttons, "label", label)
        assert button.get("style") != LINK, f"{label!r} is a link"
        return await self._act_on(message, button, {})

    async def choose(self, message: Message, select: str, values: Sequence[str]) -> Interaction:
        """Choose options of the select with this placeholder or custom id.

        They go on being shown until the message is edited, and the same ones are not sent again.
        """
        self._check_sees(message)
        selects = [each for each in walk(message.components) if each["type"] in INPUTS]
        by = "placeholder" if any(s.get("placeholder") == select for s in selects) else "custom_id"
        part = _find(selects, by, select)
        options = [_find(part["options"], "label", value)["value"] for value in values]
        least, most = part.get("min_values", 1), part.get("max_values", 1)
        assert least <= len(options) <= most, f"{select!r} takes {least} to {most}"
        shown = message.chosen.setdefault(self.member.id, {})
        assert shown.get(part["custom_id"]) != options, (
            f"{values} is chosen already: nothing is sent"
        )
        shown[part["custom_id"]] = options
        return await self._act_on(message, part, {"values": options})

    async def fill_in(self, values: Mapping[str, Given]) -> None:
        """Answer inputs of the open modal, by label."""
        self._open_modal().fill_in(values)

    async def submit(self) -> Interaction:
        """Send the open modal; it stays open if there is no response."""
        modal = self._open_modal()
        resolved: Json = {}
        values = {id: self._sent(given, resolved) for id, given in modal.answers().items()}
        data: Json = {"custom_id": modal.custom_id, "components": modal.submitted(values)}
        data |= {"resolved": resolved} if resolved else {}
        opener = modal.opened_by
        act = await self._act(SUBMISSION, opener.channel, data, opener.source)
        if act.answered and self.member.modal is modal:
            await self.close_modal()
        return act

    async def close_modal(self) -> None:
        """Close the open modal; the bot is not told."""
        self.member.modal = None
        self._world.changes.tell()

    async def react(self, message: Message, emoji: str) -> None:
        """Put a reaction on a message."""
        body = {
            "user_id": self.id,
            "channel_id": str(message.channel.id),
            "message_id": str(message.id),
            "guild_id": str(self.guild.id),
            "member": member_json(self.member),
            "emoji": {"id": None, "name": emoji},
            "message_author_id": str(message.author.id),
            "type": 0,
            "burst": False,
        }
        await self._world.dispatch("MESSAGE_REACTION_ADD", body)

    async def post(
        self,
        channel: Channel | str,
        text: str,
        files: Sequence[File] = (),
        extra: Json | None = None,
    ) -> Message:
        """Write an ordinary message; ``extra`` is what else Discord tells of it."""
        message = Message(self._world.next_id(), self._place(channel), self.member, text)
        message.extra = extra or {}
        message.attachments = [self._world.keep(*file) for file in files]
        await self._world.publish(message)
        return message

    async def _act_on(self, message: Message, part: Json, more: Json) -> Interaction:
        assert not part.get("disabled"), f"{part.get('label')!r} is disabled"
        data = {key: part[key] for key in ("id", "custom_id")}
        data |= {"component_type": part["type"]} | more
        return await self._act(COMPONENT, message.channel, data, message)

    async def _act(
        self, kind: int, channel: Channel, data: Json, source: Message | None = None
    ) -> Interaction:
        world = self._world
        act = world.new_interaction(kind, self.member, channel, data, source)
        payload = interaction_json(act, world.application)
        await world.dispatch("INTERACTION_CREATE", payload)
        left = act.at + world.answer_within - time.monotonic()
        with suppress(TimeoutError):
            await asyncio.wait_for(act.responded.wait(), left)
        return act

    def _typing(self) -> Typing:
        return Typing(self._world, self.guild, self.member)

    def _place(self, channel: Channel | str | None) -> Channel:
        if isinstance(channel, Channel):
            return channel
        channels = list(self.guild.channels.values())
        if channel is None:
            return channels[0]
        found = [each for each in channels if each.name == channel]
        assert found, f"{self.guild.name!r} has {[c.name for c in channels]}, not {channel!r}"
        return found[0]

    def _check_sees(self, message: Message) -> None:
        assert not message.deleted, "the message is deleted"
        assert message.seen_by in (None, self.member), f"{self.name} does not see the message"

    def _open_modal(self) -> OpenModal:
        assert self.member.modal, f"{self.name} has no modal open"
        return self.member.modal

    def _sent(self, given: object, resolved: Json) -> object:
        """Return an answer as it is sent: files as the ids of their attachments."""
        if not isinstance(given, list) or not all(isinstance(each, tuple) for each in given):
            return given
        kept = [self._world.keep(*file) for file in given]
        for each in kept:
            place = resolved.setdefault("attachments", {})
            place[str(each.id)] = attachment_json(each, ephemeral=True)
        return [str(each.id) for each in kept]


def _find(parts: Sequence[Json], key: str, wanted: str) -> Json:
    for part in parts:
        if part.get(key) == wanted:
            return part
    message = f"there is {[part.get(key) for part in parts]}, not {wanted!r}"
    raise AssertionError(message)
