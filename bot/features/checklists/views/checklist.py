"""A checklist's run in the channel, and its items as one person goes through them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone
from bot.core.interface import listed, together, tr, tr_count, tr_data
from bot.core.permissions import Person
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import NAME, ViewContext
from bot.core.when import day_in_year, weekday_of
from bot.features.cases.views.title import TWO_LINES
from bot.features.checklists.models.runs import Answer, Ending, ProofDiff, Run, Task, run_label
from bot.features.checklists.rules.calendar import REMINDERS, escalates, late_by_owner
from bot.features.checklists.rules.names import run_name
from bot.features.checklists.views.diffs import diff_words

LISTED = 14
"""Items that the headline lists; the rest is counted."""
NAMES = 4
"""Items of one person that a reminder names."""
FAR = 6
"""Days after which a weekday alone would be taken for another one."""


def run_card(run: Run, view: ViewContext) -> Card:
    """Show a run to the channel: how far it is, what is asked, and of whom."""
    shown = run.tasks[:LISTED]
    alone = _alone(run)
    lines = [*_progress(run, view), *(_listed(task, alone) for task in shown)]
    if len(run.tasks) > LISTED:
        lines.append(tr("and {more} more", more=len(run.tasks) - LISTED))
    if run.removed is not None:
        lines.append(tr("Lists removed by {removal}", removal=run.removed.line(view.team)))
    begin = begin_button(run, tr("Continue") if len(run.left) < len(run.tasks) else tr("Begin"))
    return Card(
        title=one_line(_run_title(run), cards.TITLE),
        body=clip("\n".join(lines), cards.BODY),
        tone=_tone(run),
        buttons=(begin,) if run.open else (),
        footer=f"{run.label} · {run.area.said}",
    )


def reminder_card(run: Run, lead: Person | None) -> Card:
    """Remind of what waits: every owner by name, from the second time on the lead too."""
    lines = [
        tr("{name}: {items}.", name=name, items=_titles(tasks))
        for name, tasks in late_by_owner(run).items()
    ]
    if escalates(run):
        asked = (
            tr("{name}, please follow up.", name=lead.name)
            if lead
            else tr("There is no lead yet. Type /duties to take over.")
        )
        lines.append(asked)
    title = tr_count(
        len(run.left),
        "{run}: {count} item not answered",
        "{run}: {count} items not answered",
        run=run_name(run),
    )
    return Card(
        title=one_line(title, cards.TITLE),
        body=clip("\n".join(lines), cards.BODY),
        tone=Tone.WARNING if escalates(run) else Tone.INFO,
        buttons=(begin_button(run, tr("Begin")),),
        footer=tr("Reminder {number} of {total}", number=run.reminded, total=REMINDERS),
    )


def proof_diff_card(run: Run, task: Task, who: Person | None, diff: ProofDiff) -> Card:
    """Tell the run's thread that a proof differs from the last one."""
    return Card(
        title=at_word(tr("Changed: {item}", item=tr_data(task.item.title)), TWO_LINES),
        body=clip(diff_words(task.item.proof, diff), cards.BODY),
        tone=Tone.WARNING,
        buttons=(
            Button(
                label=tr("Report a problem"), action="item-problem", ref=item_ref(run, task.item.id)
            ),
        ),
        footer=one_line(
            tr("{run} · answered by {name}", run=run.label, name=who.name) if who else run.label,
            cards.FOOTER,
        ),
    )


def done_words(run: Run) -> str:
    """Count a run's answers: ``5 done, 1 problem``."""
    problems, unexplained = run.count(Answer.PROBLEM), run.count(Answer.UNEXPLAINED)
    not_ours = run.count(Answer.NOT_OURS)
    return listed(
        tr("{number} done", number=run.count(Answer.DONE)),
        tr("{number} to be explained", number=unexplained) if unexplained else "",
        tr_count(problems, "{count} problem", "{count} problems") if problems else "",
        tr("{number} not for us", number=not_ours) if not_ours else "",
    )


def _run_title(run: Run) -> str:
    if not run.ending:
        return run_name(run)
    return tr("{run}: {ending}", run=run_name(run), ending=run.ending.said)


def _progress(run: Run, view: ViewContext) -> list[str]:
    """Say how far the run is, and what there is to know before one begins."""
    if run.ending is Ending.REPLACED:
        return [_replaced(run)]
    alone = _alone(run)
    if not run.open:
        if alone:
            return [tr("{done}, all by {name}.", done=done_words(run), name=_name(alone))]
        return [tr("{done}.", done=done_words(run))]
    minutes = max(1, sum(task.item.minutes for task in run.left))
    some = listed(
        _left(run),
        tr_count(minutes, "about {count} minute", "about {count} minutes"),
        tr("for {name}", name=_name(alone)) if alone else "",
        "" if any(task.owner for task in run.left) else tr("for anyone who is free"),
    )
    return [together(_planned(run, view) if run.late else "", some)]


def _replaced(run: Run) -> str:
    left = tr_count(
        len(run.tasks),
        "{left} of {count} item were not answered.",
        "{left} of {count} items were not answered.",
        left=len(run.left),
    )
    if not run.successor:
        return left
    return together(left, tr("{run} includes them again.", run=run_label(run.successor)))


def _left(run: Run) -> str:
    if len(run.left) == len(run.tasks):
        return tr_count(len(run.tasks), "{count} item", "{count} items")
    return tr_count(
        len(run.tasks),
        "{left} of {count} item left",
        "{left} of {count} items left",
        left=len(run.left),
    )


def _alone(run: Run) -> Person | None:
    """Return who is asked all that is left, or answered all, if that is one: once is enough."""
    people = [task.owner for task in run.left] or [task.who for task in run.tasks]
    return people[0] if len(people) > 1 and len({*people}) == 1 else None


def _planned(run: Run, view: ViewContext) -> str:
    """Say when it was planned: ``Monday 9:00``, with the day where a week has passed since."""
    local = view.team.local(run.planned_at)
    weekday, time = weekday_of(local), f"{local.hour}:{local:%M}"
    if (run.posted_at - run.planned_at).days < FAR:
        return tr("Planned for {weekday} {time}.", weekday=weekday, time=time)
    return tr(
        "Planned for {weekday} {day} {time}.",
        weekday=weekday,
        day=day_in_year(local),
        time=time,
    )


def _listed(task: Task, alone: Person | None) -> str:
    title = _state(task, one_line(tr_data(task.item.title), TWO_LINES))
    person = task.owner if task.answer.waits else task.who
    name = f" · {_name(person)}" if person and person != alone else ""
    return f"{task.answer.symbol} {title}{name}"


def _state(task: Task, item: str) -> str:
    """Say how the item stands, if that is more than its sign tells."""
    case = f"C-{task.case}"
    if task.item.first and task.answer is Answer.OPEN:
        item = tr("Do first: {item}", item=item)
    if task.answer is Answer.OPEN and task.case is not None:
        return tr("{item}: still a problem, {case}", item=item, case=case)
    if task.answer is Answer.UNEXPLAINED:
        return tr("{item}: to be explained", item=item)
    return tr("{item}: {case}", item=item, case=case) if task.case is not None else item


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
    # Titles are sentences, with commas of their own.
    named = tr("; ").join(one_line(tr_data(task.item.title), TWO_LINES) for task in tasks[:NAMES])
    more = len(tasks) - NAMES
    return tr("{items}; and {more} more", items=named, more=more) if more > 0 else named


def item_ref(run: Run, id: str) -> str:
    """Return what names an item of a run on its buttons."""
    return f"{run.key}/{id}"
