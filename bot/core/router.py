"""From an interaction to its replies: the one path that typed, pressed and submitted things take.

It checks the role, opens the transaction, takes every interaction at most once, and turns what
goes wrong into a sentence for the person who asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec
import structlog

from bot.core.audit.acts import record_interaction, record_refusal
from bot.core.cards import Tone
from bot.core.channel_bindings import require_room, settle, unsettled
from bot.core.colleagues import know, remember
from bot.core.context import AppContext
from bot.core.entrances import Entrance, Entrances
from bot.core.free_text import FreeTextDoor
from bot.core.idempotency import is_done, record_done
from bot.core.intake import Intake
from bot.core.interactions import (
    AnyInteraction,
    Command,
    Notice,
    Post,
    Reply,
    Submission,
    Update,
)
from bot.core.interface import speak, tr, tr_data
from bot.core.membership import refusal
from bot.core.monitoring import Checker
from bot.core.permissions import Permission, Role
from bot.core.pressing import pressable_by, reasons, who_may
from bot.core.replying import failed, shown_to
from bot.core.request import RequestContext
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import clip
from bot.errors import Conflict, DiskError, NotAllowed, UserError

log = structlog.get_logger(__name__)

NOTICE = 600
"""Characters of a sentence for one person."""


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
        self._door = FreeTextDoor(app.monotonic)
        self.entrances = Entrances(app.features, self._door)

    async def handle(self, interaction: AnyInteraction, files: Intake | None = None) -> list[Reply]:
        """Do what the person asked and say what came of it. Never raises for what they sent."""
        if isinstance(interaction, Command):
            interaction = self.entrances.meant(interaction)
        with speak(await self._app.language()):
            return await self._answered(interaction, files)

    async def _answered(self, interaction: AnyInteraction, files: Intake | None) -> list[Reply]:
        stored = False
        try:
            await self._admit(interaction)
            done = await self._transact(interaction, self.entrances.of(interaction), files)
            stored = done.wrote
            replies = [*done.replies, *[each for answer in done.last for each in await answer()]]
        except NotAllowed as error:
            await record_refusal(
                self._app, interaction, self.entrances.called(interaction), error.permission
            )
            replies = [Notice(await self._refusal(interaction, error), Tone.WARNING)]
        except UserError as error:
            replies = [Notice(tr_data(str(error)), Tone.WARNING)]
        except Conflict:
            replies = [Notice(tr_data(Conflict.default_message), Tone.WARNING)]
        except DiskError as error:
            log.warning("interaction not kept", interaction=interaction.id, error=str(error))
            replies = [Notice(failed(stored=stored, disk=error), Tone.WARNING)]
        except Exception:
            log.exception("interaction failed", interaction=interaction.id)
            replies = [Notice(failed(stored=stored), Tone.WARNING)]
        return [self._marked(reply, interaction.role) for reply in shown_to(interaction, replies)]

    async def _refusal(self, interaction: AnyInteraction, error: NotAllowed) -> str:
        """Say to one of the team who may do what they may not."""
        if interaction.role is Role.NOBODY or not isinstance(error.permission, Permission):
            return tr_data(str(error))
        names = await who_may(self._app.store, error.permission)
        return interaction.role.refusal(error.permission, names)

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

    async def _transact(
        self, interaction: AnyInteraction, work: Entrance, files: Intake | None
    ) -> _Done:
        interaction.role.require(work.permission)
        done = await run_in_transaction(
            self._app.store, lambda tx: self._once(tx, interaction, work, files)
        )
        if done.wrote:
            self._app.scheduler.trigger(Work.OUTBOX)
        return done

    async def _once(
        self, tx: Transaction, interaction: AnyInteraction, work: Entrance, files: Intake | None
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
            commands=self.entrances.commands,
        )
        for chosen in interaction.people if isinstance(interaction, Submission) else ():
            await know(tx, interaction.where.chat, chosen)
        replies = list(await work.run(settle(ctx, interaction)))
        if missing := unsettled(ctx, interaction):
            replies.append(Notice(missing, Tone.WARNING))
        if files:
            await files.keep(tx, interaction.who)
        wrote = tx.wrote
        if wrote or interaction.role < Role.MEMBER:
            # Who may do nothing any more only looks, and is not to be offered or asked.
            await remember(tx, interaction)
        if wrote:
            record_done(tx, interaction.id, self._app.clock())
            typed = work.text.strip() if work.typed else ""
            await record_interaction(self._app, tx, interaction, work.name, typed)
        return _Done(replies, ctx.last, wrote=wrote)

    def _marked(self, reply: Reply, role: Role) -> Reply:
        """Mark what is simulated, and show one person only what they may press."""
        if isinstance(reply, Post | Update):
            card = pressable_by(role, reply.card, self.entrances.needs)
            why = reasons(role, reply.card, self.entrances.needs)
            return msgspec.structs.replace(reply, card=self._app.outbox.marked(card), barred=why)
        if isinstance(reply, Notice):
            return msgspec.structs.replace(reply, text=clip(reply.text, NOTICE))
        return reply
