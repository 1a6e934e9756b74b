"""What people do in the chat, and what they get back. The same for every chat."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec

from bot.core.cards import Card, Tone
from bot.core.files import Upload
from bot.core.forms import Answers, Form
from bot.core.membership import Reach
from bot.core.mentions import Mention
from bot.core.permissions import Person, Role

SEEN = "seen"
"""The action of the mark on a message that says: a person is looking at it."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something happens: in one of the chats, in a channel, perhaps in a thread there."""

    chat: str
    """The chat's name, as the outbox knows it."""
    workspace: str = ""
    """The team's own part of the chat; what comes from another is refused."""
    channel: str = ""
    name: str = ""
    """What people call the channel."""
    thread: str = ""
    """The chat's id of the message that heads the thread."""
    private: bool = False
    """Nobody but this person reads there, so no alert may go there."""
    lacks: str = ""
    """Why we cannot post there and what to do about it, in a sentence, as far as the chat told."""
    open: bool = False
    """Everybody of the workspace may see or join it, as far as the chat told."""


class Audience(enum.StrEnum):
    """Who sees the card on which somebody acts."""

    NOBODY = "nobody"
    ONE = "one"
    ALL = "all"


class Interaction(msgspec.Struct, frozen=True, kw_only=True):
    """What all interactions share. ``id`` is the same when a chat delivers it twice."""

    id: str
    who: Person
    role: Role
    where: Place
    at: datetime
    audience: Audience = Audience.NOBODY
    """Who sees the card that it began on; nobody, if it was typed."""
    barred: Reach | None = None
    """Of a NOBODY: how far the channel reaches of which they are no member."""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A message of the chat that somebody wants to keep."""

    text: str
    author: str
    files: tuple[Upload, ...] = ()
    lost: tuple[str, ...] = ()
    """Why other files could not be taken over: a sentence with the name for each."""
    dropped: bool = False
    """It was written, with its files, in the thread where it belongs: nothing is to be asked."""


class Arrival(Interaction, frozen=True, kw_only=True, tag="arrival"):
    """A person let us into a channel."""


class Command(Interaction, frozen=True, kw_only=True, tag="command"):
    """A person typed ``/name text``."""

    name: str
    text: str = ""
    prefix: str = "/"
    """What people type before a command's name where this one was typed."""
    quote: Quote | None = None
    """The message that it was chosen on, where a chat offers commands on messages."""
    named: Mention | None = None
    """Whom the chat found by what is written of who is to be on call."""


class Click(Interaction, frozen=True, kw_only=True, tag="click"):
    """A person pressed a button."""

    action: str
    ref: str = ""
    confirmed: str = ""
    """The mark of what the chat itself asked first, and they said yes to; see `Confirm`."""


class Chosen(msgspec.Struct, frozen=True):
    """Somebody whom a person chose in a form, and what they may do here themselves."""

    person: Person
    role: Role


class Submission(Interaction, frozen=True, kw_only=True, tag="submission"):
    """A person sent a form of a flow's session."""

    session: str
    step: str
    """The step that the form belonged to; an old form may come back late."""
    answers: Answers
    people: tuple[Chosen, ...] = ()
    """Who was chosen in it, as far as the chat tells who they are."""
    back: bool = False
    """They want the step before again; the answers are a draft, for when they come here again."""


AnyInteraction = Arrival | Command | Click | Submission


class Post(msgspec.Struct, frozen=True, tag="post"):
    """Show a card to the person who asked, where they asked."""

    card: Card
    barred: tuple[str, ...] = ()
    """Why this person does not see all of its buttons; a chat with room for it says so."""


class Update(msgspec.Struct, frozen=True, tag="update"):
    """Show this card in place of the one whose button was pressed, which only they see."""

    card: Card
    barred: tuple[str, ...] = ()


class Ask(msgspec.Struct, frozen=True, kw_only=True, tag="ask"):
    """Open a form, or show it again with what is wrong beside each input."""

    form: Form
    session: str
    step: str
    errors: dict[str, str] = {}
    number: int = 1
    of: int = 1
    """Step ``number`` of ``of``."""


class Notice(msgspec.Struct, frozen=True, tag="notice"):
    """Tell the person who asked, and nobody else."""

    text: str
    tone: Tone = Tone.INFO


Reply = Post | Update | Ask | Notice
