"""The card about users or apps that came or went, and the form that asks which of them are ours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone
from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.text import clip, one_line
from bot.core.views.lists import counted
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import ProofDiff, Run, Task
from bot.features.checklists.rules.proof_diff import NAMED
from bot.features.checklists.rules.proofs import noun
from bot.features.checklists.views.checklist import item_ref


def change_card(run: Run, task: Task, diff: ProofDiff, who: Person | None, team: Team) -> Card:
    """Show the channel who came and who went, until somebody explains it."""
    ref = item_ref(run, task.item.id)
    asked = task.owner or team.holder(task.item.owner or run.duty)
    call = f"{asked.name if asked else 'Admins'}, please explain this now."
    if diff.added:
        call = f"{call} Not ours? Report a problem, then type /attack intrusion."
    return Card(
        title=change_title(task.item.proof, diff),
        body=clip("\n".join([*_lines(task.item.proof, diff), "", call]), cards.BODY),
        tone=Tone.CRITICAL if diff.added else Tone.WARNING,
        buttons=(
            Button(label="Explain the changes", action="item-change", ref=ref, style=Style.PRIMARY),
            Button(label="Report a problem", action="item-problem", ref=ref, style=Style.DANGER),
        ),
        footer=_footer(run, task, f"entered by {who.name}" if who else ""),
    )


def settled_card(run: Run, task: Task, diff: ProofDiff, said: str, tone: Tone) -> Card:
    """Show what came of it: the changes, and what somebody said of them."""
    return Card(
        title=change_title(task.item.proof, diff),
        body=clip("\n".join([*_lines(task.item.proof, diff), "", said]), cards.BODY),
        tone=tone,
        footer=_footer(run, task, ""),
    )


def change_title(kind: ProofKind, diff: ProofDiff) -> str:
    """Count who came and who went: ``1 unknown user, 2 users gone``."""
    one = noun(kind)
    came = counted(len(diff.added), f"unknown {one}") if diff.added else ""
    went = f"{counted(len(diff.removed), one)} gone" if diff.removed else ""
    return ", ".join(filter(None, (came, went))) or f"Changed: {one}s"


def _lines(kind: ProofKind, diff: ProofDiff) -> list[str]:
    if not diff.names:
        return [diff.says]
    one = noun(kind)
    return [
        *_named(f"Not on the last list of {one}s:", diff.added),
        *_named(f"On the last list of {one}s, but not on this one:", diff.removed),
    ]


def _named(heading: str, entries: Sequence[str]) -> list[str]:
    if not entries:
        return []
    more = len(entries) - NAMED
    lines = [f"• {each}" for each in entries[:NAMED]]
    return [heading, *lines, *([f"• and {more} more"] if more > 0 else [])]


def _footer(run: Run, task: Task, more: str) -> str:
    parts = (run.label, task.item.title, more)
    return one_line(" · ".join(filter(None, parts)), cards.FOOTER)
