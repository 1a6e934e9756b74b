"""The items of a run, as one person goes through them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone, allowed
from bot.core.permissions import Person
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import ViewContext
from bot.core.views.lists import counted
from bot.features.cases.views.title import PHONE, TWO_LINES
from bot.features.checklists.models.definitions import Checklist
from bot.features.checklists.models.runs import Answer, ItemStatus, Run, Task
from bot.features.checklists.rules.proofs import proof_words
from bot.features.checklists.views.checklist import begin_button, done_words, item_ref

OTHERS = 4
"""Items of others that are offered at the end."""
WHY, STEP = 200, 160
"""Characters of a line."""


class ShownItem(msgspec.Struct, frozen=True):
    """What one person is shown of a run: an item, or its end where none is left."""

    run: Run
    task: Task | None
    last: str = ""
    """What was said of the item last time."""


def shown_card(shown: ShownItem, who: Person, said: str = "", back: str = "") -> Card:
    """Show an item of a run, or its end, to one person."""
    if shown.task is None:
        return end_card(shown.run, who, said, back)
    return item_card(shown.run, shown.task, who, shown.last, said, back)


def item_card(run: Run, task: Task, who: Person, last: str, said: str = "", back: str = "") -> Card:
    """Show one item to one person; ``said`` is what their last press did.

    ``last`` is what was said of it last time, ``back`` the id of the item before.
    """
    item = task.item
    steps = [f"{place}. {one_line(step, STEP)}" for place, step in enumerate(item.steps, 1)]
    return Card(
        title=at_word(item.title, TWO_LINES),
        body=_apart([said], [one_line(item.why, WHY)], steps, [last, _whose(task, who)]),
        tone=_item_tone(task),
        buttons=(*_answers(run, task, who), *_back(run, back)),
        footer=one_line(f"{run.label} · {run.title} · {len(run.left)} left", cards.FOOTER),
    )


def explain_card(run: Run, task: Task, who: Person, checklist: Checklist | None) -> Card:
    """Show why an item is asked and how it is done, at length, with the same buttons."""
    item = task.item
    steps = [f"{place}. {step}" for place, step in enumerate(item.steps, 1)]
    about = [f"Part of '{checklist.section}'."] if checklist else []
    if checklist and checklist.cadence:
        counts = f"Worth {counted(item.weight, 'point')} in the score"
        about.append(f"{counts}, for {item.expires} days." if item.expires else f"{counts}.")
    return Card(
        title=at_word(item.title, TWO_LINES),
        body=_apart([item.why], [checklist.why] if checklist else [], steps, about),
        buttons=_answers(run, task, who, explain=False),
        footer=one_line(f"{run.label} · {run.title}", cards.FOOTER),
    )


def end_card(run: Run, who: Person, said: str = "", back: str = "") -> Card:
    """Tell a person that nothing more is asked of them, and what is left."""
    own = [task for task in run.left if task.free_for(who)]
    others = [task for task in run.left if not task.free_for(who)]
    lines = [said] if said else []
    lines += [f"{task.owner.name}: {task.item.title}" for task in others if task.owner]
    return Card(
        title=_end_title(run, who, len(own), len(others)),
        body=clip("\n".join(lines), cards.BODY),
        tone=Tone.INFO if own else Tone.GOOD,
        buttons=(
            *((begin_button(run, "Continue"),) if own else ()),
            # Back leads to the item that was just answered, which may wait for an explanation.
            *(_offer(run, task) for task in others[:OTHERS] if task.item.id != back),
            *_back(run, back),
        ),
        footer=one_line(f"{run.label} · {run.title}", cards.FOOTER),
    )


def last_words(status: ItemStatus | None, view: ViewContext) -> str:
    """Say what was said of an item last time; nothing where nobody answered it before."""
    if status is None or status.who is None:
        return ""
    when = view.clock(status.at)
    if status.answer is Answer.PROBLEM:
        since = view.clock(status.since or status.at)
        return f"Still a problem: C-{status.case}, since {since}. If it is solved, press Done."
    if status.answer is Answer.UNEXPLAINED:
        return f"Still to be explained: {status.who.name} entered a list that differs, {when}."
    if status.answer is Answer.OPEN and status.case:
        return f"C-{status.case} was closed {when}. Is it really solved?"
    if status.answer is Answer.OPEN:
        return f"Asked again since {when}."
    proof = f", {proof_words(status.proof)}" if status.proof else ""
    return f"Last time: {status.answer.label.lower()}{proof}. {status.who.name}, {when}."


def _apart(*groups: Sequence[str]) -> str:
    """Set groups of lines apart by a blank one, so that nobody meets a wall of text."""
    shown = ["\n".join(filter(None, group)) for group in groups]
    return clip("\n\n".join(filter(None, shown)), cards.BODY)


def _item_tone(task: Task) -> Tone:
    if task.answer is Answer.UNEXPLAINED:
        return Tone.CRITICAL
    return Tone.WARNING if task.case is not None else Tone.INFO


def _whose(task: Task, who: Person) -> str:
    if task.answer is Answer.UNEXPLAINED and task.diff:
        return f"{task.diff.says} Explain this, or enter the list again."
    if task.answer is not Answer.OPEN:
        by = task.who.name if task.who else "Someone"
        return f"Answered by {by}: {task.answer.label.lower()}."
    return "" if task.free_for(who) else f"Owner: {task.owner.name if task.owner else ''}"


def _answers(run: Run, task: Task, who: Person, *, explain: bool = True) -> tuple[Button, ...]:
    ref = item_ref(run, task.item.id)
    item = task.item
    problem = Button(label="Problem", action="item-problem", ref=ref, style=Style.DANGER)
    if task.answer is Answer.UNEXPLAINED:
        buttons = [
            Button(label="Explain changes", action="item-change", ref=ref, style=Style.PRIMARY),
            problem,
            Button(label="Enter list again", action="item-done", ref=ref),
        ]
    else:
        buttons = [
            Button(label="Done", action="item-done", ref=ref, style=Style.PRIMARY),
            problem,
            Button(label="Not for us", action="item-not-ours", ref=ref),
        ]
    if explain:
        buttons.append(Button(label="Explain", action="item-explain", ref=ref))
    buttons.append(Button(label="Skip", action="item-skip", ref=ref))
    if task.owner != who:
        buttons.append(Button(label="Take over", action="item-take", ref=ref))
    if item.link and allowed(item.link):
        buttons.append(Button(label="Open on Amazon", url=item.link))
    if item.command:
        label = one_line(f"/{item.command}", cards.BUTTON_LABEL)
        buttons.append(Button(label=label, action="run", ref=item.command))
    return tuple(buttons)


def _end_title(run: Run, who: Person, own: int, others: int) -> str:
    if own:
        return f"{counted(own, 'item')} left for later. {done_words(run)}."
    if others:
        answered = any(task.who is not None and task.who.id == who.id for task in run.tasks)
        said = "All your items are answered" if answered else "Nothing for you to do"
        return f"{said}. {counted(others, 'item')} left for others."
    return f"All answered: {done_words(run)}. Thank you."


def _offer(run: Run, task: Task) -> Button:
    label = at_word(f"Do: {task.item.title}", PHONE)
    return Button(label=label, action="show-item", ref=item_ref(run, task.item.id))


def _back(run: Run, id: str) -> tuple[Button, ...]:
    return (Button(label="Back", action="show-item", ref=item_ref(run, id)),) if id else ()
