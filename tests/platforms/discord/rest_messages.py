"""Messages and threads over REST."""

from __future__ import annotations

import time

from tests.platforms.discord.limits import (
    EPHEMERAL,
    WHOLE_MESSAGE,
    thread_problems,
)
from tests.platforms.discord.payloads import VOICES, channel_json, message_json
from tests.platforms.discord.state import Channel, Message
from tests.platforms.discord.wire import INVALID, Answer, Call, Json, Refusal, Routes
from tests.platforms.discord.world import World

HAS_THREAD = 1 << 5
FORUM = 15
_DEFAULT_PAGE = 50


async def create_message(world: World, call: Call) -> Answer:
    channel = _writable(world, call)
    if channel.kind == FORUM:
        raise Refusal(50008)
    body = call.json
    _refuse_locked(channel)
    world.check_files(call)
    world.check_message(call, body)
    refuse_empty(call)
    known = _known_nonce(world, channel, body)
    if known:
        return message_json(known)
    message = world.new_message(channel, body, call.files)
    if message.nonce is not None:
        channel.nonces[str(message.nonce)] = message
    if channel.archived:
        _refuse_many(world, channel)
        channel.archived = False
        await world.dispatch("THREAD_UPDATE", channel_json(channel))
    await world.publish(message)
    return message_json(message)


async def edit_message(world: World, call: Call) -> Answer:
    message = _message(world, call)
    if message.channel.archived:
        raise Refusal(50083)
    _refuse_locked(message.channel)
    if message.author is not world.bot:
        raise Refusal(50005)
    world.check_message(call, call.json, message.flags)
    world.edit(message, call.json, call.files)
    await world.republish(message)
    return message_json(message)


async def get_message(world: World, call: Call) -> Answer:
    return message_json(_message(world, call))


async def delete_message(world: World, call: Call) -> Answer:
    message = _message(world, call)
    if message.author is not world.bot:
        raise Refusal(50013)
    await world.remove(message)
    return None


async def list_messages(world: World, call: Call) -> Answer:
    """Answer with the newest first, from before or after a message if one is named."""
    messages = list(world.channel(call.ids["channel_id"]).messages)
    limit = int(call.query.get("limit", _DEFAULT_PAGE))
    if not 1 <= limit <= 100:
        raise Refusal(INVALID, [("limit", "int value should be between 1 and 100.")])
    if "after" in call.query:
        after = [each for each in messages if each.id > int(call.query["after"])]
        return [message_json(each) for each in reversed(after[:limit])]
    if "before" in call.query:
        messages = [each for each in messages if each.id < int(call.query["before"])]
    return [message_json(each) for each in reversed(messages[-limit:])]


async def start_thread(world: World, call: Call) -> Answer:
    """Start a thread at a message; it has the message's id."""
    message = _message(world, call)
    channel = _writable(world, call)
    world.demand(call, thread_problems(call.json))
    if channel.parent or channel.kind in VOICES:
        raise Refusal(50024)
    if message.thread:
        raise Refusal(160004)
    message.thread = _open_thread(world, message.id, channel, call.json)
    message.flags |= HAS_THREAD
    await _tell_of(world, message.thread)
    await world.republish(message)
    return channel_json(message.thread)


async def start_loose_thread(world: World, call: Call) -> Answer:
    """Start a thread of its own in a channel."""
    channel = _writable(world, call)
    world.demand(call, thread_problems(call.json))
    thread = _open_thread(world, world.next_id(), channel, call.json)
    await _tell_of(world, thread)
    return channel_json(thread)


async def get_channel(world: World, call: Call) -> Answer:
    return channel_json(world.channel(call.ids["channel_id"]))


async def edit_thread(world: World, call: Call) -> Answer:
    thread, body = world.channel(call.ids["channel_id"]), call.json
    world.demand(call, thread_problems(body))
    if not thread.parent or thread.locked:
        raise Refusal(50013)
    thread.name = body.get("name", thread.name)
    thread.archived = body.get("archived", thread.archived)
    thread.locked = body.get("locked", thread.locked)
    thread.auto_archive_duration = body.get("auto_archive_duration", thread.auto_archive_duration)
    await world.dispatch("THREAD_UPDATE", channel_json(thread))
    world.changes.tell()
    return channel_json(thread)


def refuse_empty(call: Call) -> None:
    """Refuse a message in which there is nothing to see."""
    if not call.files and not any(call.json.get(part) for part in WHOLE_MESSAGE):
        raise Refusal(50006)


def _refuse_locked(channel: Channel) -> None:
    """Keep the bot, which may not manage threads, out of a locked one."""
    if channel.locked:
        raise Refusal(50083 if channel.archived else 160005)


def _refuse_many(world: World, place: Channel) -> None:
    """Keep the guild below its limit of active threads."""
    places = place.guild.channels.values()
    if sum(bool(each.parent) and not each.archived for each in places) >= world.most_threads:
        raise Refusal(160006)


def _writable(world: World, call: Call) -> Channel:
    channel = world.channel(call.ids["channel_id"])
    if not channel.may_post:
        raise Refusal(50013)
    return channel


def _message(world: World, call: Call) -> Message:
    channel = world.channel(call.ids["channel_id"])
    id = call.ids["message_id"]
    message = channel.message(int(id)) if id.isdigit() else None
    if message is None or message.flags & EPHEMERAL:
        raise Refusal(10008)
    return message


def _known_nonce(world: World, channel: Channel, body: Json) -> Message | None:
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    known = channel.nonces.get(str(body["nonce"]))
    fresh = known is not None and time.monotonic() - known.at < world.nonce_life
    return known if fresh else None


def _open_thread(world: World, id: int, channel: Channel, body: Json) -> Channel:
    _refuse_many(world, channel)
    thread = Channel(id, body["name"], channel.guild, parent=channel, owner=world.bot)
    thread.auto_archive_duration = body.get("auto_archive_duration") or 1440
    channel.guild.channels[id] = thread
    return thread


async def _tell_of(world: World, thread: Channel) -> None:
    await world.dispatch("THREAD_CREATE", channel_json(thread) | {"newly_created": True})
    world.changes.tell()


_CHANNEL = "/channels/{channel_id}"
_ONE = f"{_CHANNEL}/messages/{{message_id}}"
ROUTES: Routes = (
    ("GET", _CHANNEL, get_channel),
    ("PATCH", _CHANNEL, edit_thread),
    ("POST", f"{_CHANNEL}/threads", start_loose_thread),
    ("GET", f"{_CHANNEL}/messages", list_messages),
    ("POST", f"{_CHANNEL}/messages", create_message),
    ("GET", _ONE, get_message),
    ("PATCH", _ONE, edit_message),
    ("DELETE", _ONE, delete_message),
    ("POST", f"{_ONE}/threads", start_thread),
)
