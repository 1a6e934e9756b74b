"""Acts of people as the audit record calls them: what they typed, pressed or sent."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import structlog

from bot.core.audit.entries import AuditEntry, How
from bot.core.audit.recording import VALUE, entry_key, log_entry, record_act, shown_value
from bot.core.collections import AUDIT, SESSIONS
from bot.core.context import AppContext
from bot.core.flows.confirming import CONFIRM_ACT
from bot.core.flows.engine import advance
from bot.core.flows.flow import Flow
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Answer, AnyInput, File, Paragraph, Text
from bot.core.interactions import AnyInteraction, Arrival, Click, Command, Submission
from bot.core.store import Transaction
from bot.core.text import clip
from bot.errors import StoreError

log = structlog.get_logger(__name__)

_REF = re.compile(r"[0-9A-Za-z._/-]+", re.ASCII)
"""What a button of ours refers to; a chat may send anything, which may be a text."""


async def record_interaction(
    app: AppContext, tx: Transaction, interaction: AnyInteraction, name: str, typed: str
) -> None:
    """Write into the record what the interaction changed.

    ``name`` is what it came to, such as the command that a button stands for; ``typed`` the words
    behind it.
    """
    entry, texts = entry_of(app, interaction, name), {"text": typed} if typed else {}
    if isinstance(interaction, Submission):
        session = await tx.before(SESSIONS, interaction.session)
        flow = app.features.flows.get(session.flow) if session else None
        if session is not None and flow is not None:
            entry, texts = _filled(entry, flow, session, interaction)
    await record_act(tx, app.features.collections, entry, texts)


async def record_refusal(
    app: AppContext, interaction: AnyInteraction, name: str, permission: str
) -> None:
    """Write a refusal into the record, or count it; see `bot.core.audit.refusals`."""
    if isinstance(interaction, Submission):
        session = await app.store.get(SESSIONS, interaction.session)
        name = session.flow if session else "form"
    refused = msgspec.structs.replace(
        entry_of(app, interaction, name), refused=True, permission=permission
    )
    entry = app.refusals.note(refused)
    if entry is not None:
        log_entry(entry)
        await _write(app, entry)


async def write_refusals(app: AppContext) -> None:
    """Write how often people were refused whose minute is over."""
    for entry in app.refusals.over(app.clock()):
        await _write(app, entry)


async def _write(app: AppContext, entry: AuditEntry) -> None:
    try:
        async with app.store.transaction() as tx:
            tx.put(AUDIT, entry)
    except StoreError as error:
        # The answer to who was refused does not wait for a disk.
        log.warning("refusal not recorded", who=entry.who, act=entry.act, error=str(error))


def entry_of(app: AppContext, interaction: AnyInteraction, name: str) -> AuditEntry:
    """Return an entry that says who does what, and where."""
    who, where = interaction.who, interaction.where
    # What a button runs in the place of a command is words.
    ref = interaction.ref if isinstance(interaction, Click) and interaction.action == name else ""
    return AuditEntry(
        key=entry_key(app.clock()),
        who=who.id,
        name=clip(who.name, VALUE),
        role=interaction.role.label,
        chat=where.chat,
        channel=where.channel,
        how=_how(interaction),
        act=clip(name, VALUE),
        ref=ref[:VALUE] if _REF.fullmatch(ref) else "",
    )


def _how(interaction: AnyInteraction) -> How:
    match interaction:
        case Command():
            return How.COMMAND
        case Click():
            return How.BUTTON
        case Submission():
            return How.FORM
        case Arrival():
            return How.ARRIVAL


def _filled(
    entry: AuditEntry, flow: Flow[Any, Any], session: FlowSession, sent: Submission
) -> tuple[AuditEntry, dict[str, str]]:
    """Return the entry with what was chosen on the way, and the texts apart."""
    after, _ = advance(flow, session, sent.step, sent.answers)
    chosen: dict[str, str] = {}
    texts: dict[str, str] = {}
    for name in after.path:
        step, answers = flow.step(name), after.answers.get(name, {})
        for asked in step.form(flow.read(after.given)).inputs if step else ():
            if answer := answers.get(asked.name):
                _keep(asked, answer, chosen, texts)
    # Who is asked first does what was asked about; the form is no act of its own.
    act = clip(str(session.facts.get("act", "")), VALUE) if flow is CONFIRM_ACT else flow.id
    ref = clip(session.subject, VALUE) if _REF.fullmatch(session.subject) else ""
    named = msgspec.structs.replace(entry, act=act, step=sent.step, ref=ref, chosen=chosen)
    return named, texts


def _keep(asked: AnyInput, answer: Answer, chosen: dict[str, str], texts: dict[str, str]) -> None:
    match asked:
        case Text() | Paragraph():
            texts[asked.name] = str(answer)
        case File():
            chosen[asked.name] = f"{len(answer)} files"
        case _:
            chosen[asked.name] = shown_value(answer)
