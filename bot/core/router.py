"""From an interaction to its replies: the one path that typed, pressed and submitted things take.

It checks the role, opens the transaction, takes every interaction at most once, and turns what
goes wrong into a sentence for the person who asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
import structlog

from bot.core.audit.acts import record_interaction, record_refusal
from bot.core.cards import Button, Tone
from bot.core.channel_bindings import greet, require_room, settle, unsettled
from bot.core.choices import SHOWN, nearest
from bot.core.collections import COLLEAGUES, MEMBERS, Member
from bot.core.context import AppContext
from bot.core.flows.answering import resumed, returned, submitted
from bot.core.free_text import FreeTextDoor
from bot.core.idempotency import is_done, record_done
from bot.core.intake import Intake
from bot.core.interactions import (
    AnyInteraction,
    Arrival,
    Audience,
    Chosen,
    Click,
    Command,
    Notice,
    Post,
    Quote,
    Reply,
    Submission,
    Update,
)
from bot.core.interface import speak, together, tr, tr_data
from bot.core.membership import refusal
from bot.core.mentions import Colleague
from bot.core.monitoring import Checker
from bot.core.offered_commands import heads, meant
from bot.core.permissions import Permission, Role
from bot.core.pressing import pressable_by, reasons, who_may
from bot.core.request import RequestContext, Run
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import bare, clip, one_line
from bot.errors import Conflict, DiskError, DiskFull, NotAllowed, UserError

log = structlog.get_logger(__name__)

NOTICE = 600
"""Characters of a sentence for one person."""

SHOW = "run"
"""The action of a button that equals a typed command; its reference is the command."""

CONTINUE = "continue"
"""The action of a button that opens a form again where it stands; its reference is the session."""

BACK = "back"
"""The action of a button that opens the form before it; its reference is the session."""

ALIASES: Mapping[str, str] = {
    "status": "health",
    "add-to-case": "note",
    "authorise": "authorize",
}
"""Other names of commands: what people try, and what chats call them."""


@dataclass(frozen=True)
class _Work:
    permission: Permission
    run: Run
    name: str = ""
    """What it is called in the audit record; a form is called by its flow."""
    text: str = ""
    quote: Quote | None = None
    typed: bool = False
    """The text is what a person wrote, or stands for it."""
    confirmed: str = ""


@dataclass(frozen=True)
class _Done:
    replies: Sequence[Reply]
    last: Sequence[Callable[[], Awaitable[Sequence[Reply]]]] = ()
    wrote: bool = False


class Router:
    """Answers interactions."""

    def __init__(self, app: AppContext, checker: Checker) -> None:
        """Know what the features know."""
        self._app = app
        self._checker = checker
        self.commands = app.features.commands
        self._by_name = {spec.name: spec for spec in self.commands}
        self._buttons = app.features.buttons
        self._heads = heads(self.commands)
        self._door = FreeTextDoor(app.monotonic)

    async def handle(self, interaction: AnyInteraction, files: Intake | None = None) -> list[Reply]:
        """Do what the person asked and say what came of it. Never raises for what they sent."""
        if isinstance(interaction, Command):
            interaction = self._meant(interaction)
        with speak(await self._app.language()):
            return await self._answered(interaction, files)

    def _meant(self, typed: Command) -> Command:
        """Return the command that is typed below the one that has all of them, or by itself."""
        name, text = meant(_word(typed.name), typed.text, self._heads)
        return msgspec.structs.replace(typed, name=name, text=text)

    async def _answered(self, interaction: AnyInteraction, files: Intake | None) -> list[Reply]:
        stored = False
        try:
            await self._admit(interaction)
            done = await self._transact(interaction, self._work(interaction), files)
            stored = done.wrote
            replies = [*done.replies, *[each for answer in done.last for each in await answer()]]
        except NotAllowed as error:
            await record_refusal(
                self._app, interaction, self._called(interaction), error.permission
            )
            replies = [Notice(await self._refusal(interaction, error), Tone.WARNING)]
        except UserError as error:
            replies = [Notice(tr_data(str(error)), Tone.WARNING)]
        except Conflict:
            replies = [Notice(tr_data(Conflict.default_message), Tone.WARNING)]
        except DiskError as error:
            log.warning("interaction not kept", interaction=interaction.id, error=str(error))
            replies = [Notice(_failed(stored=stored, disk=error), Tone.WARNING)]
        except Exception:
            log.exception("interaction failed", interaction=interaction.id)
            replies = [Notice(_failed(stored=stored), Tone.WARNING)]
        return [self._marked(reply, interaction.role) for reply in shown_to(interaction, replies)]

    async def _refusal(self, interaction: AnyInteraction, error: NotAllowed) -> str:
        """Say to one of the team who may do what they may not."""
        if interaction.role is Role.NOBODY or not isinstance(error.permission, Permission):
            return tr_data(str(error))
        names = await who_may(self._app.store, error.permission)
        return interaction.role.refusal(error.permission, names)

    def needs(self, button: Button) -> Permission:
        """Return what a person needs to press a button; what nobody knows says so when pressed."""
        if button.needs is not None:
            return button.needs
        if button.action == SHOW:
            name = button.ref.partition(" ")[0]
            command = self._by_name.get(ALIASES.get(name, name))
            return command.permission if command else Permission.READ
        spec = self._buttons.get(button.action)
        return spec.permission if spec else Permission.READ

    async def _admit(self, interaction: AnyInteraction) -> None:
        """Send strangers away, before it is looked at what they did.

        Raises:
            NotAllowed: it says why and what to do.
        """
        if interaction.role is Role.NOBODY:
            async with self._app.store.transaction() as tx:
                binding = await require_room(tx, interaction)
            why = refusal(interaction.barred, binding.name)
            raise NotAllowed(why, permission=Permission.READ)

    def _called(self, interaction: AnyInteraction) -> str:
        """Return what the audit record calls it; whoever is refused may have typed anything."""
        try:
            return self._work(interaction).name
        except UserError:
            return "unknown"

    def _work(self, interaction: AnyInteraction) -> _Work:
        match interaction:
            case Arrival():
                return _Work(Permission.READ, greet, "arrival")
            case Command(name=name, text=text, quote=quote, prefix=prefix):
                return self._command(name, text, quote, prefix)
            case Click(action=action, ref=ref) if action in (CONTINUE, BACK):
                again = partial(resumed, door=self._door) if action == CONTINUE else returned
                return _Work(Permission.READ, again, action, ref)
            case Click(action=action, ref=ref) if action == SHOW:
                name, _, text = ref.partition(" ")
                return self._command(name, text)
            case Click(action=action, ref=ref):
                spec = self._buttons.get(action)
                if spec is None:
                    message = tr("This button is from an older version. Type /cases to continue.")
                    raise UserError(message)
                return _Work(
                    spec.permission, spec.run, action, ref, confirmed=interaction.confirmed
                )
            case Submission():
                return _Work(Permission.READ, lambda ctx: submitted(ctx, interaction, self._door))

    def _command(
        self, name: str, text: str, quote: Quote | None = None, prefix: str = "/"
    ) -> _Work:
        """Find what is typed; what a case's buttons do can be typed too, with its number."""
        name = _word(name)
        name = ALIASES.get(name, name)
        spec = self._by_name.get(name) or self._buttons.get(name)
        if spec is None:
            raise UserError(self._unknown(name, prefix))
        return _Work(spec.permission, spec.run, name, text, quote, typed=True)

    def _unknown(self, name: str, prefix: str) -> str:
        """Say what is not known, and which command may be meant; nothing runs by itself."""
        near = nearest(name, [*self._by_name, *ALIASES, *self._buttons])
        typed = f"{prefix}{one_line(name, SHOWN)}"
        return together(
            tr("Unknown command '{typed}'.", typed=typed),
            tr("Did you mean '{near}'?", near=f"{prefix}{near}") if near else "",
            "" if near == "help" else tr("Try '{command}'.", command=f"{prefix}help"),
        )

    async def _transact(
        self, interaction: AnyInteraction, work: _Work, files: Intake | None
    ) -> _Done:
        interaction.role.require(work.permission)
        done = await run_in_transaction(
            self._app.store, lambda tx: self._once(tx, interaction, work, files)
        )
        if done.wrote:
            self._app.scheduler.trigger(Work.OUTBOX)
        return done

    async def _once(
        self, tx: Transaction, interaction: AnyInteraction, work: _Work, files: Intake | None
    ) -> _Done:
        if await is_done(tx, interaction.id):
            return _Done([Notice(tr("This was already done."))])
        if isinstance(interaction, Command):
            self._door.require(interaction)
        ctx = RequestContext(
            app=files.over(self._app) if files else self._app,
            tx=tx,
            checker=self._checker,
            who=interaction.who,
            role=interaction.role,
            where=interaction.where,
            binding=await require_room(tx, interaction),
            text=work.text.strip(),
            confirmed=work.confirmed,
            quote=work.quote,
            named=interaction.named if isinstance(interaction, Command) else None,
            commands=self.commands,
        )
        for chosen in interaction.people if isinstance(interaction, Submission) else ():
            await _know(tx, interaction.where.chat, chosen)
        replies = list(await work.run(settle(ctx, interaction)))
        if missing := unsettled(ctx, interaction):
            replies.append(Notice(missing, Tone.WARNING))
        if files:
            await files.keep(tx, interaction.who)
        wrote = tx.wrote
        if wrote:
            record_done(tx, interaction.id, self._app.clock())
            await _remember(tx, interaction)
            typed = work.text.strip() if work.typed else ""
            await record_interaction(self._app, tx, interaction, work.name, typed)
        return _Done(replies, ctx.last, wrote=wrote)

    def _marked(self, reply: Reply, role: Role) -> Reply:
        """Mark what is simulated, and show one person only what they may press."""
        if isinstance(reply, Post | Update):
            card = pressable_by(role, reply.card, self.needs)
            why = reasons(role, reply.card, self.needs)
            return msgspec.structs.replace(reply, card=self._app.outbox.marked(card), barred=why)
        if isinstance(reply, Notice):
            return msgspec.structs.replace(reply, text=clip(reply.text, NOTICE))
        return reply


def _word(name: str) -> str:
    """Return a command's name without what people type around it."""
    return bare(name).rstrip(".:!?").lower().removeprefix("/")


async def _remember(tx: Transaction, interaction: AnyInteraction) -> None:
    """Remember who works here: with two of them, nobody confirms their own report."""
    who, role = interaction.who, interaction.role
    member = Member(who.id, interaction.where.chat, who.name, int(role))
    if interaction.role >= Role.MEMBER and await tx.get(MEMBERS, member.id) != member:
        tx.put(MEMBERS, member)
    await _know(tx, interaction.where.chat, Chosen(interaction.who, interaction.role))


async def _know(tx: Transaction, chat: str, known: Chosen) -> None:
    """Remember who can get work and be called, and whom not to offer any more."""
    person = known.person
    before = await tx.get(COLLEAGUES, person.id)
    if known.role < Role.MEMBER:
        if before is not None:
            tx.delete(COLLEAGUES, person.id)
        return
    after = Colleague(id=person.id, name=person.name, chat=chat)
    if before != after:
        tx.put(COLLEAGUES, after)


def _failed(*, stored: bool, disk: DiskError | None = None) -> str:
    """Say that something went wrong, by the fault of no person, and whether a change stands."""
    if stored:
        return tr(
            "Your change was saved, but Brandwarden could not show the answer. Check /health."
        )
    if isinstance(disk, DiskFull):
        return tr("Nothing was changed: the disk is full. Free up some space, then try again.")
    if disk is not None:
        return tr("Nothing was changed: could not write to the disk. Tell an admin.")
    return tr("Something went wrong, and nothing was changed. Try again, or check /health.")


def shown_to(asked: AnyInteraction, replies: Sequence[Reply]) -> list[Reply]:
    """Fit replies to who sees the card that it began on.

    A card that all see is changed by the outbox, for all chats alike. What a button shows takes
    the place of a card that one person alone sees.
    """
    in_place = isinstance(asked, Click) and asked.audience is Audience.ONE
    fitting: list[Reply] = []
    for reply in replies:
        if isinstance(reply, Post) and in_place:
            fitting.append(Update(reply.card))
        elif isinstance(reply, Update) and asked.audience is Audience.NOBODY:
            fitting.append(Post(reply.card))
        elif not (isinstance(reply, Update) and asked.audience is Audience.ALL):
            fitting.append(reply)
    return fitting
