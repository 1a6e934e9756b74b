"""The application itself, its commands, and the guilds that it is in."""

from __future__ import annotations

from tests.platforms.discord.limits_commands import CHAT_INPUT, command_problems
from tests.platforms.discord.payloads import (
    channel_json,
    guild_json,
    member_json,
    user_json,
)
from tests.platforms.discord.state import Channel
from tests.platforms.discord.wire import Answer, Call, Json, Refusal, Routes
from tests.platforms.discord.world import World


async def get_me(world: World, call: Call) -> Answer:
    return user_json(world.bot)


async def get_application(world: World, call: Call) -> Answer:
    return {
        "id": str(world.application),
        "name": world.bot.name,
        "description": "",
        "icon": None,
        "bot_public": False,
        "bot_require_code_grant": False,
        "owner": user_json(world.bot),
        "verify_key": "0" * 64,
        "flags": 0,
        "team": None,
    }


async def get_gateway(world: World, call: Call) -> Answer:
    limit = {"total": 1000, "remaining": world.sessions_left, "max_concurrency": 1}
    limit["reset_after"] = world.sessions_reset
    return {"url": gateway_url(world), "shards": 1, "session_start_limit": limit}


async def list_guilds(world: World, call: Call) -> Answer:
    return [guild_json(guild) for guild in world.guilds.values()]


async def get_guild(world: World, call: Call) -> Answer:
    return guild_json(world.guild(call.ids["guild_id"]))


async def get_channels(world: World, call: Call) -> Answer:
    channels = world.guild(call.ids["guild_id"]).channels.values()
    return [channel_json(each) for each in channels if not each.parent]


async def get_roles(world: World, call: Call) -> Answer:
    roles: list[Json] = guild_json(world.guild(call.ids["guild_id"]))["roles"]
    return roles


async def get_member(world: World, call: Call) -> Answer:
    guild, id = world.guild(call.ids["guild_id"]), call.ids["user_id"]
    member = guild.members.get(int(id)) if id.isdigit() else None
    if member is None:
        raise Refusal(10007)
    return member_json(member)


async def list_commands(world: World, call: Call) -> Answer:
    return world.commands.get(_place(world, call), [])


async def put_commands(world: World, call: Call) -> Answer:
    """Replace all commands of a guild, or all global ones."""
    place, bodies = _place(world, call), list(call.body or [])
    world.demand(call, command_problems(bodies))
    before = {(each["type"], each["name"]): each["id"] for each in world.commands.get(place, [])}
    made = [_command(world, body, place) for body in bodies]
    for command in made:
        command["id"] = before.get((command["type"], command["name"]), command["id"])
    world.commands[place] = made
    world.changes.tell()
    return made


async def post_command(world: World, call: Call) -> Answer:
    """Add a command, or replace the one of its name."""
    place, made = _place(world, call), _command(world, call.json, _place(world, call))
    key = made["type"], made["name"]
    others = [each for each in world.commands.get(place, []) if (each["type"], each["name"]) != key]
    world.demand(call, command_problems([*others, call.json]))
    world.commands[place] = [*others, made]
    world.changes.tell()
    return made


async def open_direct(world: World, call: Call) -> Answer:
    """Open the conversation with a person; whoever takes no messages refuses what is posted."""
    person = str(call.json["recipient_id"])
    guild = next((each for each in world.guilds.values() if int(person) in each.members), None)
    if guild is None:
        raise Refusal(50001)
    known = world.directs.get(person)
    if known is None:
        known = Channel(world.next_id(), "", guild, writable=person not in world.blocking)
        world.directs[person] = known
    return {"id": str(known.id), "type": 1}


async def delete_command(world: World, call: Call) -> Answer:
    place, id = _place(world, call), call.ids["command_id"]
    left = [each for each in world.commands.get(place, []) if each["id"] != id]
    if len(left) == len(world.commands.get(place, [])):
        raise Refusal(10063)
    world.commands[place] = left
    world.changes.tell()
    return None


def gateway_url(world: World) -> str:
    return world.url.replace("http://", "ws://") + "/gateway"


def _place(world: World, call: Call) -> int:
    if call.ids["application_id"] != str(world.application):
        raise Refusal(50001)
    return world.guild(call.ids["guild_id"]).id if "guild_id" in call.ids else 0


def _command(world: World, body: Json, place: int) -> Json:
    given = {"type": CHAT_INPUT, "options": [], "default_member_permissions": None} | body
    given["id"] = given["version"] = str(world.next_id())
    given["application_id"] = str(world.application)
    return given | ({"guild_id": str(place)} if place else {})


_GUILD = "/guilds/{guild_id}"
_GLOBAL = "/applications/{application_id}/commands"
_LOCAL = "/applications/{application_id}/guilds/{guild_id}/commands"
ROUTES: Routes = (
    ("GET", "/users/@me", get_me),
    ("GET", "/users/@me/guilds", list_guilds),
    ("POST", "/users/@me/channels", open_direct),
    ("GET", "/oauth2/applications/@me", get_application),
    ("GET", "/applications/@me", get_application),
    ("GET", "/gateway", get_gateway),
    ("GET", "/gateway/bot", get_gateway),
    ("GET", _GUILD, get_guild),
    ("GET", f"{_GUILD}/channels", get_channels),
    ("GET", f"{_GUILD}/roles", get_roles),
    ("GET", f"{_GUILD}/members/{{user_id}}", get_member),
    ("GET", _GLOBAL, list_commands),
    ("PUT", _GLOBAL, put_commands),
    ("POST", _GLOBAL, post_command),
    ("DELETE", f"{_GLOBAL}/{{command_id}}", delete_command),
    ("GET", _LOCAL, list_commands),
    ("PUT", _LOCAL, put_commands),
    ("POST", _LOCAL, post_command),
    ("DELETE", f"{_LOCAL}/{{command_id}}", delete_command),
)
