"""Who belongs to the team: what a chat knows of a person, and the role that follows from it."""

from __future__ import annotations

import enum

import msgspec

from bot.core.interface import tr
from bot.core.permissions import Role


class Reach(enum.Enum):
    """Who reads the channel for alerts, as far as the chat tells."""

    UNSET = "unset"
    """There is no such channel yet."""
    LOST = "lost"
    """It was deleted, or the chat does not show it to us."""
    OPEN = "open"
    """Everybody of the workspace may see or join it."""
    CLOSED = "closed"
    """Only those whom its members let in."""
    UNKNOWN = "unknown"
    """The chat could not be asked."""


class Affiliation(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat knows of a person. None: it could not be asked."""

    reach: Reach
    inside: bool | None = False
    """They are in the channel for alerts."""
    leads: bool = False
    """They administer the workspace or server."""
    guest: bool = False
    named: bool | None = False
    """They belong to a group or role that the owner named."""


class Access(msgspec.Struct, frozen=True):
    """What a person may do; of NOBODY, why."""

    role: Role
    barred: Reach | None = None
    """How far the channel reaches of which a NOBODY is no member."""


def natural_access(known: Affiliation) -> Access:
    """Return what a person may do whom the owner did not name by their id.

    The members of a closed channel are the team. Being in an open one says nothing of a person.
    Whoever administers the workspace may set the bot up as long as it has no closed channel, and
    needs to be in that channel from then on.
    """
    closed = known.reach is Reach.CLOSED
    inside = closed and bool(known.inside)
    if known.leads and (inside or known.reach in (Reach.UNSET, Reach.LOST, Reach.OPEN)):
        return Access(Role.ADMIN)
    if known.named:
        return Access(Role.MEMBER)
    if inside:
        return Access(Role.VIEWER if known.guest else Role.MEMBER)
    unsure = known.named is None or (closed and known.inside is None)
    return Access(Role.NOBODY, Reach.UNKNOWN if unsure else known.reach)


def refusal(barred: Reach | None, channel: str) -> str:
    """Say why a person may do nothing here, and what to do about it."""
    name = f"#{channel}" if channel else tr("the channel for alerts")
    match barred:
        case Reach.UNSET:
            return tr(
                "Only admins can use Brandwarden until it has a channel. Ask an admin to type "
                "/settings channel here in the channel for alerts."
            )
        case Reach.LOST:
            return tr(
                "Brandwarden can no longer see {name}, so it cannot tell who is a member. "
                "Ask an admin to invite it again, or to choose another channel.",
                name=name,
            )
        case Reach.OPEN:
            return tr(
                "Everyone can see or join {name}, so only people listed by an admin can use "
                "Brandwarden here. Ask an admin to list you, or to make that channel private.",
                name=name,
            )
        case Reach.UNKNOWN:
            return tr(
                "Could not check whether you are a member of {name}. Try again in a minute. "
                "If it happens again, ask an admin to run .venv/bin/python -m bot doctor.",
                name=name,
            )
    return tr(
        "Only members of {name} can use Brandwarden here. Ask an admin to add you to that channel.",
        name=name,
    )


def open_advice(channel: str) -> str:
    """Say that being in an open channel makes no one a member, and what to do about it."""
    name = f"#{channel}" if channel else tr("this channel")
    return tr(
        "Everyone can see or join {name}, so joining it does not make them members. "
        "Make it private, or list your team in BRANDWARDEN_MEMBERS.",
        name=name,
    )
