"""How people, channels, messages, files and views look on the wire."""

from __future__ import annotations

from copy import deepcopy

from tests.platforms.slack.state import Channel, File, Json, Message, User, View
from tests.platforms.slack.workspace import Workspace


def of_user(slack: Workspace, user: User) -> Json:
    grid: Json = {}
    if user.teams or user.enterprise:
        grid = {"enterprise_user": {"id": user.id, "teams": list(user.teams)}}
    if user.enterprise:
        told = {"enterprise_id": user.enterprise, "is_admin": user.org_admin}
        grid["enterprise_user"] |= told
    return grid | {
        "id": user.id,
        "team_id": user.team,
        "name": user.name.lower(),
        "real_name": user.name,
        "deleted": False,
        "is_bot": user.bot or user.id == slack.bot_user,
        "is_admin": user.admin or user.owner,
        "is_owner": user.owner,
        "is_primary_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "is_stranger": False,
        "tz": user.tz,
        "profile": {"display_name": user.name, "real_name": user.name},
    }


def of_channel(slack: Workspace, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.direct,
        "is_im": channel.direct,
        "is_private": channel.direct or channel.private,
        "is_mpim": channel.group,
        "is_archived": channel.archived,
        "is_member": slack.bot_user in channel.members,
        "num_members": len(channel.members),
    }


def of_message(slack: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """Return a message; its metadata only if asked for, as Slack does."""
    shape: Json = {
        "type": "message",
        "user": message.author,
        "ts": message.ts,
        "team": slack.team_id,
        "text": message.text,
        "blocks": deepcopy(message.blocks),
        "attachments": deepcopy(message.attachments),
    }
    if message.author == slack.bot_user:
        shape |= {"bot_id": slack.bot_id, "app_id": slack.app_id}
    if message.thread_ts:
        shape["thread_ts"] = message.thread_ts
    if message.edited:
        shape["edited"] = {"user": message.author, "ts": message.edited}
    if message.files:
        shape["files"] = [of_file(slack, file) for file in message.files]
    if metadata and message.metadata:
        shape["metadata"] = deepcopy(message.metadata)
    return shape


def of_file(slack: Workspace, file: File) -> Json:
    private = f"{slack.url}/files-pri/{slack.team_id}-{file.id}"
    shares: dict[str, list[Json]] = {}
    for channel, ts in file.shares:
        shares.setdefault(channel, []).append({"ts": ts})
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "size": file.size,
        "user": file.user,
        "mode": "hosted",
        "url_private": f"{private}/{file.name}",
        "url_private_download": f"{private}/download/{file.name}",
        "permalink": f"{slack.url}/files/{file.user}/{file.id}/{file.name}",
        "channels": [channel for channel, _ in file.shares],
        "shares": {"public": shares},
    }


def of_view(slack: Workspace, view: View) -> Json:
    defaults: Json = {"private_metadata": "", "callback_id": "", "external_id": ""}
    return (
        defaults
        | deepcopy(view.definition)
        | {
            "id": view.id,
            "team_id": slack.team_id,
            "app_id": slack.app_id,
            "app_installed_team_id": slack.team_id,
            "bot_id": slack.bot_id,
            "hash": view.hash,
            "root_view_id": view.root,
            "previous_view_id": view.previous,
            "state": {"values": deepcopy(view.answers)},
        }
    )
