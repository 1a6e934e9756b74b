"""A checklist's run in the channel, and its items as one person goes through them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone
from bot.core.permissions import Person
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import NAME, ViewContext
from bot.core.views.lists import counted
from bot.features.cases.views.title import TWO_LINES
from bot.features.checklists.models.runs import Answer, Ending, ProofDiff, Run, Task, run_label
from bot.features.checklists.rules.calendar import REMINDERS, escalates, late_by_owner

LISTED = 14
"""Items that the headline lists; the rest is counted."""
NAMES = 4
"""Items of one person that a reminder names."""
FREE = ", for anyone who is free"
FIRST = "Do first:"
"""Marks the few items that matter before all others."""
FAR = 6
"""Days after which a weekday alone would be taken for another one."""


def run_card(run: Run, view: ViewContext) -> Card:
    """Show a run to the channel: how far it is, what is asked, and of whom."""
    shown = run.tasks[:LISTED]
    alone = _alone(run)
    lines = [*_progress(run, view), *(_listed(task, alone) for task in shown)]
    if len(run.tasks) > LISTED:
        lines.append(f"and {len(run.tasks) - LISTED} more")
    if run.removed is not None:
        lines.append(f"Lists removed by {run.removed.line(view.team)}")
    state = f": {run.ending.label}" if run.ending else ""
    begin = begin_button(run, "Continue" if len(run.left) < len(run.tasks) else "Begin")
    return Card(
        title=one_line(f"{run.title}{state}", cards.TITLE),
        body=clip("\n".join(lines), cards.BODY),
        tone=_tone(run),
        buttons=(begin,) if run.open else (),
        footer=f"{run.label} · {run.area.label}",
    )


def reminder_card(run: Run, lead: Person | None) -> Card:
    """Remind of what waits: every owner by name, from the second time on the lead too."""
    lines = [f"{name}: {_titles(tasks)}." for name, tasks in late_by_owner(run).items()]
    if escalates(run):
        asked = (
            f"{lead.name}, please follow up."
            if lead
            else "There is no lead yet. Type /duties to take over."
        )
        lines.append(asked)
    return Card(
        title=one_line(f"{run.title}: {counted(len(run.left), 'item')} not answered", cards.TITLE),
        body=clip("\n".join(lines), cards.BODY),
        tone=Tone.WARNING if escalates(run) else Tone.INFO,
        buttons=(begin_button(run, "Begin"),),
        footer=f"Reminder {run.reminded} of {REMINDERS}",
    )


def proof_diff_card(run: Run, task: Task, who: Person | None, diff: ProofDiff) -> Card:
    """Tell the run's thread that a proof differs from the last one."""
    return Card(
        title=at_word(f"Changed: {task.item.title}", TWO_LINES),
        body=clip(diff.says, cards.BODY),
        tone=Tone.WARNING,
        buttons=(
            Button(
                label="Report a problem", action="item-problem", ref=item_ref(run, task.item.id)
            ),
        ),
        footer=one_line(
            f"{run.label} · answered by {who.name}" if who else run.label, cards.FOOTER
        ),
    )


def done_words(run: Run) -> str:
    """Count a run's answers: ``5 done, 1 problem``."""
    problems, unexplained = run.count(Answer.PROBLEM), run.count(Answer.UNEXPLAINED)
    parts = [
        f"{run.count(Answer.DONE)} done",
        f"{unexplained} to be explained" if unexplained else "",
        counted(problems, "problem") if problems else "",
        f"{run.count(Answer.NOT_OURS)} not for us" if run.count(Answer.NOT_OURS) else "",
    ]
    return ", ".join(part for part in parts if part)


def _progress(run: Run, view: ViewContext) -> list[str]:
    """Say how far the run is, and what there is to know before one begins."""
    items = counted(len(run.tasks), "item")
    minutes = max(1, sum(task.item.minutes for task in run.left))
    if run.ending is Ending.REPLACED:
        asks = f"{run_label(run.successor)} includes them again. " if run.successor else ""
        return [f"{len(run.left)} of {items} were not answered. {asks}".strip()]
    alone = _alone(run)
    if not run.open:
        by = f", all by {_name(alone)}" if alone else ""
        return [f"{done_words(run)}{by}."]
    late = f"Planned for {_weekday(run, view)}. " if run.late else ""
    some = f"{len(run.left)} of " if len(run.left) < len(run.tasks) else ""
    left = " left" if some else ""
    whom = f", for {_name(alone)}" if alone else ""
    free = "" if any(task.owner for task in run.left) else FREE
    return [f"{late}{some}{items}{left}, about {counted(minutes, 'minute')}{whom}{free}"]


def _alone(run: Run) -> Person | None:
    """Return who is asked all that is left, or answered all, if that is one: once is enough."""
    people = [task.owner for task in run.left] or [task.who for task in run.tasks]
    return people[0] if len(people) > 1 and len({*people}) == 1 else None


def _weekday(run: Run, view: ViewContext) -> str:
    """Say when it was planned: ``Monday 9:00``, with the day where a week has passed since."""
    local = view.team.local(run.planned_at)
    far = (run.posted_at - run.planned_at).days >= FAR
    day = f"{local:%A} {local.day} {local:%b}" if far else f"{local:%A}"
    return f"{day} {local.hour}:{local:%M}"


def _listed(task: Task, alone: Person | None) -> str:
    title = one_line(task.item.title, TWO_LINES)
    if task.item.first and task.answer is Answer.OPEN:
        title = f"{FIRST} {title}"
    if task.answer is Answer.OPEN and task.case is not None:
        title = f"{title}: still a problem, C-{task.case}"
    elif task.answer is Answer.UNEXPLAINED:
        title = f"{title}: to be explained"
    elif task.case is not None:
        title = f"{title}: C-{task.case}"
    person = task.owner if task.answer.waits else task.who
    name = f" · {_name(person)}" if person and person != alone else ""
    return f"{task.answer.symbol} {title}{name}"


def _name(person: Person) -> str:
    return one_line(person.name, NAME)


def _tone(run: Run) -> Tone:
    if run.ending in (Ending.REPLACED, Ending.CASE_CLOSED):
        return Tone.QUIET
    if any(task.answer is Answer.UNEXPLAINED for task in run.tasks):
        return Tone.CRITICAL
    if any(task.case is not None for task in run.tasks):
        return Tone.WARNING
    return Tone.INFO if run.open else Tone.GOOD


def begin_button(run: Run, label: str) -> Button:
    """Return the button that leads a person into the run's items."""
    return Button(label=label, action="begin", ref=run.key, style=Style.PRIMARY)


def _titles(tasks: Sequence[Task]) -> str:
    names = [one_line(task.item.title, TWO_LINES) for task in tasks[:NAMES]]
    more = len(tasks) - NAMES
    # Titles are sentences, with commas of their own.
    return f"{'; '.join(names)}{f'; and {more} more' if more > 0 else ''}"


def item_ref(run: Run, id: str) -> str:
    """Return what names an item of a run on its buttons."""
    return f"{run.key}/{id}"
