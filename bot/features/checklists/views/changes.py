"""The card about users or apps that came or went, and the form that asks which of them are ours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone
from bot.core.interface import listed, together, tr, tr_data
from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.text import clip, one_line
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import ProofDiff, Run, Task
from bot.features.checklists.rules.proof_diff import NAMED
from bot.features.checklists.views.checklist import item_ref
from bot.features.checklists.views.diffs import came, diff_words, went


def change_card(run: Run, task: Task, diff: ProofDiff, who: Person | None, team: Team) -> Card:
    """Show the channel who came and who went, until somebody explains it."""
    ref = item_ref(run, task.item.id)
    asked = task.owner or team.holder(task.item.owner or run.duty)
    call = tr("{name}, please explain this now.", name=asked.name if asked else tr("Admins"))
    if diff.added:
        remedy = tr("Not ours? Report a problem, then type /attack intrusion.")
        call = together(call, remedy)
    return Card(
        title=change_title(task.item.proof, diff),
        body=clip("\n".join([*_lines(task.item.proof, diff), "", call]), cards.BODY),
        tone=Tone.CRITICAL if diff.added else Tone.WARNING,
        buttons=(
            Button(
                label=tr("Explain the changes"),
                action="item-change",
                ref=ref,
                style=Style.PRIMARY,
            ),
            Button(
                label=tr("Report a problem"), action="item-problem", ref=ref, style=Style.DANGER
            ),
        ),
        footer=_footer(run, task, tr("entered by {name}", name=who.name) if who else ""),
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
    counts = listed(came(kind, len(diff.added)), went(kind, len(diff.removed)))
    return counts or (tr("Changed: users") if kind is ProofKind.USERS else tr("Changed: apps"))


def _lines(kind: ProofKind, diff: ProofDiff) -> list[str]:
    if not diff.names:
        return [diff_words(kind, diff)]
    if kind is ProofKind.USERS:
        new = tr("Not on the last list of users:")
        gone = tr("On the last list of users, but not on this one:")
    else:
        new = tr("Not on the last list of apps:")
        gone = tr("On the last list of apps, but not on this one:")
    return [*_named(new, diff.added), *_named(gone, diff.removed)]


def _named(heading: str, entries: Sequence[str]) -> list[str]:
    if not entries:
        return []
    more = len(entries) - NAMED
    lines = [f"• {each}" for each in entries[:NAMED]]
    return [heading, *lines, *([f"• {tr('and {more} more', more=more)}"] if more > 0 else [])]


def _footer(run: Run, task: Task, more: str) -> str:
    parts = (run.label, tr_data(task.item.title), more)
    return one_line(" · ".join(filter(None, parts)), cards.FOOTER)
