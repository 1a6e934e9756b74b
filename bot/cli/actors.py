"""The people of the demo as actors: they type, press and fill in as one would on the page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bot.bootstrap.application import WEB, WEB_CHANNEL, Application
from bot.cli.demo import PEOPLE
from bot.core.cards import Card, Tone
from bot.core.clocks import utc_now
from bot.core.forms import Answers
from bot.core.intake import Intake
from bot.core.interactions import (
    AnyInteraction,
    Ask,
    Click,
    Command,
    Notice,
    Place,
    Post,
    Reply,
    Submission,
)
from bot.errors import UserError

HERE = Place(chat=WEB, channel=WEB_CHANNEL)


class Actor:
    """One of the demo's people."""

    def __init__(self, application: Application, name: str) -> None:
        """Play the person of that name."""
        self._house = application
        self._who, self._role = PEOPLE[name]
        self._count = itertools.count()

    async def types(self, text: str, *steps: Answers) -> None:
        """Type a command and fill in the forms that follow. Raises UserError if it is refused."""
        await self._fill(_asked(await self._do(self._command(text))), steps)

    async def reads(self, text: str) -> Card:
        """Type a command and return the card that answers it. Raises UserError if none does."""
        replies = await self._do(self._command(text))
        for reply in replies:
            if isinstance(reply, Post):
                return reply.card
        message = "Expected a card."
        raise UserError(message)

    async def presses(
        self, action: str, ref: str, *steps: Answers, files: Intake | None = None
    ) -> None:
        """Press a button and fill in the forms that follow. Raises UserError if it is refused."""
        click = Click(
            id=self._id(),
            who=self._who,
            role=self._role,
            where=HERE,
            at=utc_now(),
            action=action,
            ref=ref,
        )
        await self._fill(_asked(await self._do(click)), steps, files)

    def _command(self, text: str) -> Command:
        name, _, rest = text.partition(" ")
        return Command(
            id=self._id(),
            who=self._who,
            role=self._role,
            where=HERE,
            at=utc_now(),
            name=name,
            text=rest,
        )

    async def _fill(
        self, ask: Ask | None, steps: Sequence[Answers], files: Intake | None = None
    ) -> None:
        for answers in steps:
            if ask is None:
                message = "Expected a form."
                raise UserError(message)
            sent = Submission(
                id=self._id(),
                who=self._who,
                role=self._role,
                where=HERE,
                at=utc_now(),
                session=ask.session,
                step=ask.step,
                answers=answers,
            )
            ask = _asked(await self._do(sent, files))

    async def _do(
        self, interaction: AnyInteraction, files: Intake | None = None
    ) -> Sequence[Reply]:
        replies = (await self._house.gateway.handle(interaction, files=files)).replies
        for reply in replies:
            if isinstance(reply, Notice) and reply.tone is Tone.WARNING:
                raise UserError(reply.text)
            if isinstance(reply, Ask) and reply.errors:
                raise UserError(" ".join(reply.errors.values()))
        return replies

    def _id(self) -> str:
        return f"{self._who.id}-{next(self._count)}-{utc_now().timestamp()}"


def _asked(replies: Sequence[Reply]) -> Ask | None:
    return next((reply for reply in replies if isinstance(reply, Ask)), None)
