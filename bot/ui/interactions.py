"""What people do in the chat, and what they get back. The same for every chat."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.people import Person, Role
from bot.ui.cards import Card, Tone
from bot.ui.forms import Answers, Form


class Place(msgspec.Struct, frozen=True):
    """Where something happens: a channel, and in it a thread (the key of its first message)."""

    channel: str
    thread: str = ""


class Interaction(msgspec.Struct, frozen=True, kw_only=True):
    """What all interactions share. ``id`` is the same when a chat delivers it twice."""

    id: str
    who: Person
    role: Role
    where: Place
    at: datetime


class Command(Interaction, frozen=True, kw_only=True, tag="command"):
    """A person typed ``/name text``."""

    name: str
    text: str = ""


class Click(Interaction, frozen=True, kw_only=True, tag="click"):
    """A person pressed a button."""

    action: str
    ref: str = ""


class Submission(Interaction, frozen=True, kw_only=True, tag="submission"):
    """A person sent a form of a wizard's session."""

    session: str
    step: str
    """The step that the form belonged to; an old form may come back late."""
    answers: Answers


AnyInteraction = Command | Click | Submission


class Post(msgspec.Struct, frozen=True, tag="post"):
    """Show a card to the person who asked, where they asked; ``public`` shows it to all there."""

    card: Card
    public: bool = False


class Update(msgspec.Struct, frozen=True, tag="update"):
    """Show this card in place of the one whose button was pressed."""

    card: Card


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
