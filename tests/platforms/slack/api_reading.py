"""The methods that only look: who and where, and what was said."""

from __future__ import annotations

import json

from tests.platforms.slack import shapes
from tests.platforms.slack.methods import Method, channel_of, truth
from tests.platforms.slack.state import Json, Message, Refused
from tests.platforms.slack.workspace import Workspace

_PAGE = ("cursor", "limit", "oldest", "latest", "inclusive", "include_all_metadata")


def _auth_test(slack: Workspace, arguments: Json) -> Json:
    org = {"enterprise_id": slack.org, "team_id": slack.org, "is_enterprise_install": True}
    return {
        "url": f"{slack.url}/",
        "team": slack.team_name,
        "team_id": slack.team_id,
        "user": slack.users[slack.bot_user].name,
        "user_id": slack.bot_user,
        "bot_id": slack.bot_id,
        "is_enterprise_install": False,
    } | (org if slack.org else {})


def _teams(slack: Workspace, arguments: Json) -> Json:
    shown, cursor = _page(arguments, len(slack.org_teams), most=1000)
    listed = [{"id": team, "name": team.lower()} for team in slack.org_teams[shown]]
    return {"teams": listed, "response_metadata": {"next_cursor": cursor}}


def _connect(slack: Workspace, arguments: Json) -> Json:
    ticket = slack.new_id("ticket")
    slack.tickets.add(ticket)
    return {"url": f"{slack.url.replace('http', 'ws', 1)}/link/?ticket={ticket}"}


def _user(slack: Workspace, arguments: Json) -> Json:
    if arguments["user"] not in slack.users:
        raise Refused("user_not_found")
    return {"user": shapes.of_user(slack, slack.users[arguments["user"]])}


def _channel(slack: Workspace, arguments: Json) -> Json:
    channel = channel_of(slack, arguments, member=False)
    return {"channel": shapes.of_channel(slack, channel)}


def _channels(slack: Workspace, arguments: Json) -> Json:
    public = [channel for channel in slack.channels.values() if not channel.direct]
    shown, cursor = _page(arguments, len(public), most=1000)
    listed = [shapes.of_channel(slack, channel) for channel in public[shown]]
    return {"channels": listed, "response_metadata": {"next_cursor": cursor}}


def _members(slack: Workspace, arguments: Json) -> Json:
    members = sorted(channel_of(slack, arguments, member=False).members)
    shown, cursor = _page(arguments, len(members), most=slack.most_members)
    return {"members": members[shown], "response_metadata": {"next_cursor": cursor}}


def _group(slack: Workspace, arguments: Json) -> Json:
    if arguments["usergroup"] not in slack.user_groups:
        raise Refused("no_such_subteam")
    return {"users": sorted(slack.user_groups[arguments["usergroup"]])}


def _groups(slack: Workspace, _: Json) -> Json:
    shown = [{"id": id, "handle": f"group-{id.lower()}"} for id in slack.user_groups]
    return {"usergroups": shown}


def _open(slack: Workspace, arguments: Json) -> Json:
    if arguments["users"] not in slack.users:
        raise Refused("user_not_found")
    return {"channel": {"id": slack.direct(arguments["users"]).id}}


def _history(slack: Workspace, arguments: Json) -> Json:
    channel = channel_of(slack, arguments)
    newest_first = channel.messages[::-1]
    return _said(slack, arguments, [m for m in newest_first if _within(arguments, m)])


def _replies(slack: Workspace, arguments: Json) -> Json:
    channel = channel_of(slack, arguments)
    parent = channel.find(str(arguments["ts"]))
    if parent is None:
        raise Refused("thread_not_found")
    if parent.is_reply:
        return _said(slack, arguments, [parent])
    replies = [m for m in channel.thread(parent.ts) if _within(arguments, m)]
    return _said(slack, arguments, [parent, *replies])


def _said(slack: Workspace, arguments: Json, messages: list[Message]) -> Json:
    shown, cursor = _page(arguments, len(messages), most=999)
    metadata = truth(arguments.get("include_all_metadata")) and slack.gives_metadata
    said = [shapes.of_message(slack, m, metadata=metadata) for m in messages[shown]]
    return {
        "messages": [_as_kept(each) for each in said],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _as_kept(shape: Json) -> Json:
    """Return a message as Slack gives it back: it writes emoji by their names."""
    text = json.dumps(shape, ensure_ascii=False)
    kept: Json = json.loads(text.replace("\U0001f6a8", ":rotating_light:"))
    return kept


def _within(arguments: Json, message: Message) -> bool:
    ts, oldest = float(message.ts), float(arguments.get("oldest") or 0)
    latest = float(arguments.get("latest") or "inf")
    return oldest < ts < latest or (truth(arguments.get("inclusive")) and ts in (oldest, latest))


def _page(arguments: Json, total: int, most: int) -> tuple[slice, str]:
    """Return which items to show, and the cursor of the next page or an empty one."""
    limit = min(int(arguments.get("limit") or 100), most)
    begin = int(arguments.get("cursor") or 0)
    end = begin + limit
    return slice(begin, end), str(end) if end < total else ""


METHODS = {
    "auth.test": Method(_auth_test),
    "auth.teams.list": Method(_teams, takes=("cursor", "limit")),
    "apps.connections.open": Method(_connect, "connections:write"),
    "users.info": Method(_user, "users:read", needs=("user",), takes=("include_locale",)),
    "conversations.info": Method(
        _channel,
        "channels:read",
        needs=("channel",),
        takes=("include_locale", "include_num_members"),
    ),
    "conversations.members": Method(
        _members, "channels:read", needs=("channel",), takes=("cursor", "limit")
    ),
    "usergroups.users.list": Method(
        _group, "usergroups:read", needs=("usergroup",), takes=("include_disabled",)
    ),
    "usergroups.list": Method(_groups, "usergroups:read", takes=("include_disabled",)),
    "conversations.list": Method(
        _channels, "channels:read", takes=("cursor", "limit", "types", "exclude_archived")
    ),
    "conversations.open": Method(_open, "im:write", needs=("users",), takes=("return_im",)),
    "conversations.history": Method(_history, "channels:history", needs=("channel",), takes=_PAGE),
    "conversations.replies": Method(
        _replies, "channels:history", needs=("channel", "ts"), takes=_PAGE
    ),
}
