"""The message that announces an act."""

from __future__ import annotations

from bot.core import cards
from bot.core.cards import Button, Card, Tone
from bot.core.team import Team
from bot.core.text import clip, one_line
from bot.core.undo.models import UNDO_FOR, Undoable
from bot.core.when import moment


def act_card(act: Undoable, team: Team) -> Card:
    """Say who did what, and offer to undo it as long as that is possible."""
    body, tone, footer = act.body, act.tone, ""
    if act.undone_by is not None and act.undone_at is not None:
        body = f"{act.undone_by.name} undid this at {team.local(act.undone_at):%H:%M}."
        tone = Tone.QUIET
    elif act.open:
        local = team.local(act.until)
        soon = act.until - act.at <= UNDO_FOR
        end = f"{local:%H:%M}" if soon else moment(act.until, team)
        footer = f"You can undo this until {end}."
    return Card(
        title=one_line(act.title, cards.TITLE),
        body=clip(body, cards.BODY),
        tone=tone,
        buttons=(Button(label="Undo", action="undo", ref=act.key),) if act.open else (),
        footer=footer,
    )
