"""From an interaction to its replies: the one path that typed, pressed and submitted things take.

It checks the role, opens the transaction, takes every interaction at most once, and turns what
goes wrong into a sentence for the person who asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import structlog

from bot.app.call import Call, CommandSpec, Run
from bot.app.case_actions import CLICKS
from bot.app.collections import HANDLED, SESSIONS, Handled
from bot.app.commands import COMMANDS
from bot.app.desk import Checker, Desk
from bot.app.finishers import FINISHERS
from bot.app.transact import transact
from bot.domain.people import NEEDED, Right, may
from bot.errors import Conflict, NotAllowed, UserError
from bot.ports import Transaction
from bot.ui.cards import Tone
from bot.ui.interactions import (
    AnyInteraction,
    Click,
    Command,
    Notice,
    Post,
    Reply,
    Submission,
    Update,
)
from bot.ui.text import clip
from bot.wizards.catalogue import WIZARDS
from bot.wizards.engine import Done, advance

log = structlog.get_logger(__name__)

NOTICE = 600
"""Characters of a sentence for one person."""

SHOW = "run"
"""The action of a button that equals a typed command; its reference is the command."""


@dataclass(frozen=True)
class _Work:
    right: Right
    run: Run
    text: str = ""


@dataclass(frozen=True)
class _Done:
    replies: Sequence[Reply]
    effects: Sequence[Callable[[], None]] = ()
    wrote: bool = False


class Router:
    """Answers interactions."""

    def __init__(
        self, desk: Desk, checker: Checker, commands: Sequence[CommandSpec] = COMMANDS
    ) -> None:
        """Know the commands; tests may add their own."""
        self._desk = desk
        self._checker = checker
        self.commands = tuple(commands)
        self._by_name = {spec.name: spec for spec in commands}
        self._clicks = {spec.action: spec for spec in CLICKS}

    async def handle(self, interaction: AnyInteraction) -> list[Reply]:
        """Do what the person asked and say what came of it. Never raises for what they sent."""
        try:
            replies = await self._transact(interaction, self._work(interaction))
        except UserError as error:
            replies = [Notice(str(error), Tone.WARNING)]
        except Conflict:
            replies = [Notice(str(Conflict()), Tone.WARNING)]
        except Exception:
            log.exception("interaction failed", interaction=interaction.id)
            message = "That failed here, and nothing was changed. Try again; /status may say more."
            replies = [Notice(message, Tone.WARNING)]
        shown = [self._marked(reply) for reply in replies]
        if isinstance(interaction, Click) and interaction.action == SHOW:
            return [Update(reply.card) if isinstance(reply, Post) else reply for reply in shown]
        return shown

    def _work(self, interaction: AnyInteraction) -> _Work:
        match interaction:
            case Command(name=name, text=text):
                return self._command(name, text)
            case Click(action=action, ref=ref) if action == SHOW:
                name, _, text = ref.partition(" ")
                return self._command(name, text)
            case Click(action=action, ref=ref):
                spec = self._clicks.get(action)
                if spec is None:
                    message = "This button belongs to an older version. Type /cases to go on."
                    raise UserError(message)
                return _Work(spec.right, spec.run, ref)
            case Submission():
                return _Work(Right.READ, lambda call: self._submitted(call, interaction))

    def _command(self, name: str, text: str) -> _Work:
        spec = self._by_name.get(name.strip().lower().removeprefix("/"))
        if spec is None:
            message = f"There is no command /{name.strip()[:30]}. Type /help to see them all."
            raise UserError(message)
        return _Work(spec.right, spec.run, text)

    async def _transact(self, interaction: AnyInteraction, work: _Work) -> Sequence[Reply]:
        _demand(interaction, work.right)
        done = await transact(self._desk.store, lambda tx: self._once(tx, interaction, work))
        for effect in done.effects:
            effect()
        if done.wrote:
            self._desk.engine.kick("outbox")
        return done.replies

    async def _once(self, tx: Transaction, interaction: AnyInteraction, work: _Work) -> _Done:
        if await tx.get(HANDLED, interaction.id) is not None:
            return _Done([Notice("That is done already.")])
        call = Call(
            desk=self._desk,
            tx=tx,
            checker=self._checker,
            who=interaction.who,
            role=interaction.role,
            text=work.text.strip(),
            commands=self.commands,
        )
        replies = await work.run(call)
        wrote = tx.wrote
        if wrote:
            day = self._desk.clock().date().isoformat()
            tx.create(HANDLED, Handled(interaction.id, day))
        return _Done(replies, call.afterwards, wrote=wrote)

    async def _submitted(self, call: Call, submission: Submission) -> Sequence[Reply]:
        session = await call.tx.get(SESSIONS, submission.session)
        if session is None:
            message = "This form was finished or has expired. Press the button again."
            raise UserError(message)
        wizard = WIZARDS.get(session.wizard)
        if wizard is None or wizard.version != session.version:
            call.tx.delete(SESSIONS, session.key)
            return [Notice("This form is of an older version. Press the button again.")]
        finisher = FINISHERS[wizard.id]
        _demand(submission, finisher.right)
        session, step = advance(wizard, session, submission.step, submission.answers)
        if not isinstance(step, Done):
            call.tx.put(SESSIONS, session)
            return [step]
        call.tx.delete(SESSIONS, session.key)
        return await finisher.run(call, session, step.answers)

    def _marked(self, reply: Reply) -> Reply:
        if isinstance(reply, Post | Update):
            return msgspec.structs.replace(reply, card=self._desk.outbox.marked(reply.card))
        if isinstance(reply, Notice):
            return msgspec.structs.replace(reply, text=clip(reply.text, NOTICE))
        return reply


def _demand(interaction: AnyInteraction, right: Right) -> None:
    if not may(interaction.role, right):
        needed = NEEDED[right].label
        message = (
            f"To {right}, one needs to be {needed}; you are {interaction.role.label}. "
            "Ask an admin of your team."
        )
        raise NotAllowed(message)
