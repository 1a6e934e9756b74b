"""What Discord's refusals mean, and what a person can do about them: one table."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from bot.errors import Refusal


class Act(enum.Enum):
    """What was asked when Discord refused."""

    POST = "post a message in a channel"
    REPLY = "post a message in a thread"
    EDIT = "edit a message"
    OPEN = "open a thread"
    FOLD = "archive a thread"
    READ = "read the message history"


@dataclass(frozen=True)
class Meaning:
    """A refusal for our purposes."""

    refusal: Refusal
    says: str
    remedy: str = ""
    instead: Mapping[Act, Refusal] = field(default_factory=dict)
    """Another class for these acts."""

    def of(self, act: Act) -> Refusal:
        """Return the class of the refusal when that was asked."""
        return self.instead.get(act, self.refusal)


MOVE = "Type /settings channel here in another channel."
ELSEWHERE = "Or type /settings channel here in another channel."
PERMIT = f"Give me View Channel and Send Messages there. {ELSEWHERE}"
INVITE = "Invite me to the server again: '.venv/bin/python -m bot doctor' prints the link."
NO_LOGIN = "Discord rejected BRANDWARDEN_DISCORD_TOKEN."
RESET = (
    "Press Reset Token under Bot at discord.com/developers, set the new token, and restart "
    "Brandwarden."
)
UNLOCK = "Ask someone with Manage Threads to unlock it."
FEWER = "Archive old threads, or boost the server to raise the limit."
PLAINER = "The files are still in the evidence."

_ASIDE = {
    Act.REPLY: Refusal.THREAD,
    Act.OPEN: Refusal.THREAD,
    Act.FOLD: Refusal.THREAD,
    Act.EDIT: Refusal.EDIT,
}
"""Where the channel may take a message all the same: what is refused goes there, and tells."""

_LOST = {
    Act.REPLY: Refusal.THREAD,
    Act.OPEN: Refusal.GONE,
    Act.FOLD: Refusal.GONE,
    Act.EDIT: Refusal.GONE,
    Act.READ: Refusal.GONE,
}
"""What was in a channel is gone with it; only a new message needs another channel."""

_NEVER = {Act.EDIT: Refusal.EDIT}

REFUSALS: Mapping[int, Meaning] = {
    # The channel, the server, the message
    10003: Meaning(Refusal.ROOM, "The channel was deleted.", MOVE, _LOST),
    10004: Meaning(Refusal.ROOM, "I am not in the server.", INVITE, _LOST),
    10008: Meaning(Refusal.GONE, "The message was deleted."),
    40007: Meaning(Refusal.ROOM, "I am banned from the server.", f"Lift the ban. {INVITE}", _ASIDE),
    40058: Meaning(Refusal.ROOM, "The channel is a forum.", MOVE, _ASIDE),
    50001: Meaning(Refusal.ROOM, "I cannot see the channel.", PERMIT, _ASIDE),
    50007: Meaning(Refusal.ROOM, "I cannot send messages to this person.", MOVE, _ASIDE),
    50008: Meaning(Refusal.ROOM, "The channel does not accept text messages.", MOVE, _ASIDE),
    50013: Meaning(
        Refusal.ROOM, "I do not have permission to post in the channel.", PERMIT, _ASIDE
    ),
    50024: Meaning(Refusal.ROOM, "This kind of channel does not support that.", MOVE, _ASIDE),
    50278: Meaning(Refusal.ROOM, "This person and I are not in the same server.", MOVE, _ASIDE),
    # Threads
    30033: Meaning(Refusal.THREAD, "The thread has too many members.", "", _NEVER),
    50083: Meaning(Refusal.THREAD, "The thread is archived and locked.", UNLOCK, _NEVER),
    160005: Meaning(Refusal.THREAD, "The thread is locked.", UNLOCK, _NEVER),
    160006: Meaning(Refusal.THREAD, "The server has too many open threads.", FEWER, _NEVER),
    160007: Meaning(Refusal.THREAD, "The channel has too many open threads.", FEWER, _NEVER),
    200001: Meaning(
        Refusal.THREAD,
        "AutoMod blocked the thread's name.",
        "Exempt me from the rule under Server Settings > AutoMod.",
    ),
    # Edits
    20022: Meaning(Refusal.LATER, "Announcements can be edited only a few times an hour."),
    30046: Meaning(
        Refusal.LATER, "Discord does not accept more edits to older messages right now."
    ),
    50005: Meaning(Refusal.EDIT, "Someone else posted the message."),
    50021: Meaning(Refusal.EDIT, "Discord itself posted the message."),
    520003: Meaning(Refusal.EDIT, "Polls cannot be edited."),
    # Files
    20009: Meaning(Refusal.FILE, "Discord flagged a file as explicit content.", PLAINER),
    30015: Meaning(Refusal.FILE, "The message has too many files.", PLAINER),
    40005: Meaning(Refusal.FILE, "The files are too large for Discord.", PLAINER),
    50045: Meaning(Refusal.FILE, "A file is too large for Discord.", PLAINER),
    50046: Meaning(Refusal.FILE, "Discord rejected a file.", PLAINER),
    50146: Meaning(Refusal.FILE, "Discord lost a file during the upload.", PLAINER),
    # The form
    50006: Meaning(Refusal.FORM, "Discord rejected the message as empty."),
    50035: Meaning(Refusal.FORM, "Discord rejected the message's format."),
    50109: Meaning(Refusal.FORM, "Discord could not read the message."),
    200000: Meaning(
        Refusal.FORM,
        "AutoMod blocked the message.",
        "Exempt me from the rule under Server Settings > AutoMod.",
    ),
    240000: Meaning(Refusal.FORM, "Discord flagged a link in the message as harmful."),
    # Pauses
    20016: Meaning(Refusal.LATER, "Slowmode is on in the channel.", "Turn it off there."),
    20028: Meaning(Refusal.LATER, "The channel does not accept more messages right now."),
    20029: Meaning(Refusal.LATER, "The server does not accept more messages right now."),
    40006: Meaning(Refusal.LATER, "Discord has turned this feature off for now.", "", _ASIDE),
    40062: Meaning(Refusal.LATER, "Discord is limiting our requests."),
    # The whole of Discord
    40001: Meaning(Refusal.CHAT, NO_LOGIN, RESET),
    40002: Meaning(
        Refusal.CHAT,
        "Discord requires the account that owns me to be verified.",
        "Log in to that account at discord.com/developers and verify it.",
    ),
    40004: Meaning(Refusal.CHAT, "Discord does not accept messages right now."),
    40333: Meaning(
        Refusal.CHAT,
        "Cloudflare is blocking this machine from Discord.",
        "Check the machine's proxy and IP address. The block may end within an hour.",
    ),
    50014: Meaning(Refusal.CHAT, NO_LOGIN, RESET),
    130000: Meaning(Refusal.CHAT, "Discord is overloaded."),
}
"""By Discord's code. A class for the whole channel is checked once more by the next message."""

REPLY_UNREAD = 160002
"""Discord's code: no reference to a message without the permission to read the history."""


_BY_STATUS: Mapping[int, Meaning] = {
    HTTPStatus.UNAUTHORIZED: REFUSALS[40001],
    HTTPStatus.FORBIDDEN: REFUSALS[40333],
    HTTPStatus.REQUEST_TIMEOUT: Meaning(Refusal.CHAT, "The request to Discord timed out."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: REFUSALS[40005],
}
"""What stands before Discord answers without a code."""


def meaning(status: int, code: int, act: Act, *, everywhere: bool = False) -> Meaning:
    """Return what a refusal means. ``everywhere``: the whole chat has to wait, not one route."""
    known = REFUSALS.get(code) or (None if code else _BY_STATUS.get(status))
    if known:
        return known
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        pause = Refusal.CHAT if everywhere else Refusal.LATER
        return Meaning(pause, "Discord is limiting our requests.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Meaning(Refusal.CHAT, f"Discord had a server error ({status}).")
    unlisted = Refusal.THREAD if act is Act.OPEN else Refusal.UNLISTED
    return Meaning(unlisted, f"Discord refused to {act.value} ({status}, code {code}).")
