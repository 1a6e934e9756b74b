"""The responses to an interaction: the first one within three seconds, then follow-ups."""

from __future__ import annotations

import time

from tests.platforms.discord.components import numbered
from tests.platforms.discord.limits import EPHEMERAL
from tests.platforms.discord.limits_commands import choice_problems
from tests.platforms.discord.limits_components import modal_problems
from tests.platforms.discord.modals import OpenModal
from tests.platforms.discord.payloads import callback_json, message_json
from tests.platforms.discord.rest_messages import refuse_empty
from tests.platforms.discord.state import Interaction, Message
from tests.platforms.discord.wire import Answer, Call, Json, Problem, Refusal, Routes
from tests.platforms.discord.world import World

COMMAND, COMPONENT, COMPLETION, SUBMISSION = 2, 3, 4, 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
LOADING = 1 << 7


async def callback(world: World, call: Call) -> Answer:
    """Take the first response."""
    interaction = world.interactions.get(call.ids["interaction_token"])
    if interaction is None or str(interaction.id) != call.ids["interaction_id"]:
        raise Refusal(10062)
    try:
        return await _first_response(world, call, interaction)
    except Refusal as refusal:
        interaction.refusals.append(str(refusal))
        raise


async def _first_response(world: World, call: Call, interaction: Interaction) -> Answer:
    latency = time.monotonic() - interaction.at
    if interaction.dead or latency > world.answer_within:
        raise Refusal(10062)
    if interaction.answered:
        raise Refusal(40060)
    kind, data = call.json["type"], call.json.get("data") or {}
    world.demand(call, _kind_problems(interaction, kind))
    _check(world, call, interaction, data)
    interaction.response, interaction.latency = kind, latency
    try:
        await _ACTIONS[kind](world, interaction, Call(**{**vars(call), "body": data}))
    finally:
        interaction.responded.set()
        world.changes.tell()
    return callback_json(interaction) if call.query.get("with_response") == "true" else None


def _kind_problems(interaction: Interaction, kind: int) -> list[Problem]:
    if interaction.kind == COMPLETION:
        allowed = {CHOICES}
    else:
        allowed = {MESSAGE, DEFERRED}
        allowed |= {DEFERRED_UPDATE, UPDATE} if interaction.source else set()
        allowed |= set() if interaction.kind == SUBMISSION else {MODAL}
    problem = f"Response {kind} does not answer an interaction of type {interaction.kind}."
    return [] if kind in allowed else [("type", problem)]


def _check(world: World, call: Call, interaction: Interaction, data: Json) -> None:
    kind = call.json["type"]
    if kind == MODAL:
        world.demand(call, modal_problems(data))
    elif kind == CHOICES:
        world.demand(call, choice_problems(data.get("choices") or [], "data.choices"))
    elif kind in (MESSAGE, UPDATE):
        before = interaction.source.flags if kind == UPDATE and interaction.source else 0
        world.check_message(call, data, before)
        if kind == MESSAGE:
            refuse_empty(Call(**{**vars(call), "body": data}))


async def _post(world: World, interaction: Interaction, call: Call) -> None:
    interaction.reply = _made(world, interaction, call)
    await world.publish(interaction.reply)


async def _defer(world: World, interaction: Interaction, call: Call) -> None:
    await _post(world, interaction, call)
    interaction.waiting = True
    if interaction.reply:
        interaction.reply.flags |= LOADING


async def _defer_update(world: World, interaction: Interaction, call: Call) -> None:
    interaction.reply = interaction.source


async def _update(world: World, interaction: Interaction, call: Call) -> None:
    if interaction.source:
        interaction.reply = interaction.source
        await _change(world, interaction.source, call)


async def _choose(world: World, interaction: Interaction, call: Call) -> None:
    interaction.choices = call.json.get("choices") or []


async def _open_modal(world: World, interaction: Interaction, call: Call) -> None:
    body = call.json
    components = numbered(body["components"])
    opened = OpenModal(body["title"], body["custom_id"], components, interaction)
    interaction.person.modal = opened
    # The message with the component stays what a further edit is of, as bots rely on.
    interaction.reply = interaction.source


_ACTIONS = {
    MESSAGE: _post,
    DEFERRED: _defer,
    DEFERRED_UPDATE: _defer_update,
    UPDATE: _update,
    CHOICES: _choose,
    MODAL: _open_modal,
}


async def follow_up(world: World, call: Call) -> Answer:
    """Take a further message; the first one after a deferral is the one that was promised."""
    interaction = _alive(world, call)
    world.check_message(call, call.json)
    refuse_empty(call)
    if interaction.waiting and interaction.reply:
        await _fulfil(world, interaction, interaction.reply, call)
        return message_json(interaction.reply)
    message = _made(world, interaction, call)
    await world.publish(message)
    return message_json(message)


async def get_original(world: World, call: Call) -> Answer:
    return message_json(_reply(world, call)[1])


async def edit_original(world: World, call: Call) -> Answer:
    interaction, message = _reply(world, call)
    world.check_message(call, call.json, message.flags)
    await _fulfil(world, interaction, message, call)
    return message_json(message)


async def delete_original(world: World, call: Call) -> Answer:
    await world.remove(_reply(world, call)[1])
    return None


def _made(world: World, interaction: Interaction, call: Call) -> Message:
    private = bool((call.json.get("flags") or 0) & EPHEMERAL)
    person = interaction.person if private else None
    return world.new_message(interaction.channel, call.json, call.files, person)


async def _fulfil(world: World, interaction: Interaction, message: Message, call: Call) -> None:
    if message is interaction.reply:
        interaction.waiting = False
        message.flags &= ~LOADING
    await _change(world, message, call)


async def _change(world: World, message: Message, call: Call) -> None:
    if message.deleted:
        raise Refusal(10008)
    world.edit(message, call.json, call.files)
    await world.republish(message)


def _alive(world: World, call: Call) -> Interaction:
    interaction = world.interactions.get(call.ids["webhook_token"])
    if interaction is None or not interaction.answered:
        raise Refusal(10015)
    if time.monotonic() - interaction.at > world.token_life:
        raise Refusal(50027)
    return interaction


def _reply(world: World, call: Call) -> tuple[Interaction, Message]:
    interaction = _alive(world, call)
    message = interaction.reply
    if "message_id" in call.ids:
        channel, person = interaction.channel, interaction.person
        message = next(
            (m for m in (*channel.messages, *person.ephemerals) if str(m.id) == _id(call)), None
        )
    if message is None or message.deleted:
        raise Refusal(10008)
    return interaction, message


def _id(call: Call) -> str:
    return call.ids["message_id"]


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = f"{_WEBHOOK}/messages/@original"
_ONE = f"{_WEBHOOK}/messages/{{message_id}}"
ROUTES: Routes = (
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", callback),
    ("POST", _WEBHOOK, follow_up),
    ("GET", _ORIGINAL, get_original),
    ("PATCH", _ORIGINAL, edit_original),
    ("DELETE", _ORIGINAL, delete_original),
    ("GET", _ONE, get_original),
    ("PATCH", _ONE, edit_original),
    ("DELETE", _ONE, delete_original),
)
