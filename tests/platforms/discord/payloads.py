"""State as Discord writes it in JSON."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.platforms.discord.limits import EPHEMERAL
from tests.platforms.discord.state import (
    ORDINARY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Attachment,
    Channel,
    Guild,
    Interaction,
    Member,
    Message,
)
from tests.platforms.discord.wire import Json

JOINED = "2026-01-01T00:00:00+00:00"
UPLOAD = 10 * 1024 * 1024
THREAD = 11
VOICES = (2, 13)
ROLE, MEMBER = 0, 1
"""What an overwrite is for."""


def user_json(member: Member) -> Json:
    return {
        "id": str(member.id),
        "username": member.name.lower().replace(" ", "."),
        "global_name": member.name,
        "discriminator": "0",
        "avatar": None,
        "bot": member.bot,
        "public_flags": 0,
    }


def member_json(member: Member, *, with_user: bool = True) -> Json:
    body: Json = {
        "roles": [str(role.id) for role in member.roles],
        "nick": None,
        "avatar": None,
        "joined_at": JOINED,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }
    return body | ({"user": user_json(member)} if with_user else {})


def guild_json(guild: Guild) -> Json:
    everyone = {"id": str(guild.id), "name": "@everyone", "permissions": str(ORDINARY)}
    named: list[Json] = [
        {
            "id": str(role.id),
            "name": role.name,
            "permissions": str(role.permissions),
            "mentionable": role.mentionable,
        }
        for role in guild.roles
    ]
    common = {"position": 1, "managed": False, "mentionable": False, "hoist": False, "color": 0}
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(next(iter(guild.members))),
        "roles": [common | role for role in (everyone, *named)],
        "features": [],
        "emojis": [],
        "preferred_locale": "en-US",
    }


def guild_create_json(guild: Guild) -> Json:
    channels = guild.channels.values()
    return guild_json(guild) | {
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(guild.bot)],
        "channels": [channel_json(each) for each in channels if not each.parent and each.visible],
        "threads": [channel_json(each) for each in channels if each.parent and not each.archived],
        "voice_states": [],
        "presences": [],
    }


def channel_json(channel: Channel) -> Json:
    body: Json = {
        "id": str(channel.id),
        "name": channel.name,
        "guild_id": str(channel.guild.id),
        "last_message_id": str(channel.messages[-1].id) if channel.messages else None,
        "rate_limit_per_user": 0,
    }
    if channel.parent:
        return body | _thread_json(channel, channel.parent)
    denied = 0 if channel.visible else VIEW_CHANNEL
    denied |= 0 if channel.writable else SEND_MESSAGES
    allowed = VIEW_CHANNEL & ~denied if channel.seen_by is not None else 0
    overwrites = [_overwrite(channel.guild.bot.id, MEMBER, allowed, denied)]
    if channel.seen_by is not None:
        overwrites += [_overwrite(role.id, ROLE, VIEW_CHANNEL) for role in channel.seen_by]
        overwrites.append(_overwrite(channel.guild.id, ROLE, denied=VIEW_CHANNEL))
    more = {"type": channel.kind, "position": 0, "parent_id": None, "topic": None, "nsfw": False}
    if channel.kind in VOICES:
        more |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    return body | more | {"permission_overwrites": overwrites}


def _overwrite(id: int, kind: int, allowed: int = 0, denied: int = 0) -> Json:
    return {"id": str(id), "type": kind, "allow": str(allowed), "deny": str(denied)}


def _thread_json(thread: Channel, parent: Channel) -> Json:
    return {
        "type": THREAD,
        "parent_id": str(parent.id),
        "owner_id": str((thread.owner or thread.guild.bot).id),
        "message_count": len(thread.messages),
        "member_count": 1,
        "total_message_sent": len(thread.messages),
        "flags": 0,
        "thread_metadata": {
            "archived": thread.archived,
            "locked": thread.locked,
            "auto_archive_duration": thread.auto_archive_duration,
            "archive_timestamp": datetime.now(UTC).isoformat(),
        },
    }


def attachment_json(attachment: Attachment, *, ephemeral: bool = False) -> Json:
    body: Json = {
        "id": str(attachment.id),
        "filename": attachment.name,
        "content_type": attachment.content_type,
        "size": len(attachment.content) if attachment.size is None else attachment.size,
        "url": attachment.url,
        "proxy_url": attachment.url,
    }
    if attachment.description:
        body["description"] = attachment.description
    return body | ({"ephemeral": True} if ephemeral else {})


def message_json(message: Message) -> Json:
    body: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "type": 0,
        "author": user_json(message.author),
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "attachments": [
            attachment_json(each, ephemeral=message.ephemeral) for each in message.attachments
        ],
        "flags": message.flags,
        "timestamp": message.created.isoformat(),
        "edited_timestamp": message.edited.isoformat() if message.edited else None,
        "mentions": [user_json(each) for each in _called(message)],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
    }
    if message.nonce is not None:
        body["nonce"] = message.nonce
    body |= message.extra
    return body | ({"thread": channel_json(message.thread)} if message.thread else {})


def _called(message: Message) -> list[Member]:
    """Return whom a message calls: here, nobody calls any but the bot."""
    bot = message.channel.guild.bot
    return [bot] if f"<@{bot.id}>" in message.content else []


def message_event_json(message: Message) -> Json:
    member = member_json(message.author, with_user=False)
    return message_json(message) | {"guild_id": str(message.channel.guild.id), "member": member}


def interaction_json(interaction: Interaction, application: int) -> Json:
    channel, guild = interaction.channel, interaction.channel.guild
    permissions = str(interaction.person.permissions)
    body: Json = {
        "id": str(interaction.id),
        "application_id": str(application),
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "channel_id": str(channel.id),
        "channel": channel_json(channel) | {"permissions": permissions},
        "member": member_json(interaction.person) | {"permissions": permissions},
        "locale": "en-US",
        "guild_locale": "en-US",
        "app_permissions": str(bot_permissions(channel)),
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(guild.id)},
        "context": 0,
        "attachment_size_limit": UPLOAD,
    }
    source = interaction.source
    return body | ({"message": message_json(source)} if source else {})


def callback_json(interaction: Interaction) -> Json:
    """Return what a callback with ``with_response=true`` is answered with."""
    reply = interaction.reply
    body: Json = {
        "interaction": {
            "id": str(interaction.id),
            "type": interaction.kind,
            "response_message_id": str(reply.id) if reply else None,
            "response_message_ephemeral": bool(reply and reply.flags & EPHEMERAL),
            "response_message_loading": interaction.waiting,
        },
        "resource": {"type": interaction.response},
    }
    if reply and interaction.response in (4, 7):
        body["resource"]["message"] = message_json(reply)
    return body


def bot_permissions(channel: Channel) -> int:
    granted = channel.guild.bot.permissions
    granted &= ~(0 if channel.may_see else VIEW_CHANNEL)
    return granted & ~(0 if channel.may_post else SEND_MESSAGES | SEND_IN_THREADS)
