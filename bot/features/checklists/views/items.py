"""The items of a run, as one person goes through them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone, allowed
from bot.core.interface import listed, together, tr, tr_count, tr_data
from bot.core.permissions import Person
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import ViewContext
from bot.features.cases.views.title import PHONE, TWO_LINES
from bot.features.checklists.models.definitions import Checklist, Item
from bot.features.checklists.models.runs import Answer, ItemStatus, Run, Task
from bot.features.checklists.rules.names import run_name
from bot.features.checklists.rules.proofs import proof_words
from bot.features.checklists.views.checklist import begin_button, done_words, item_ref
from bot.features.checklists.views.diffs import diff_words

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
    steps = [one_line(tr_data(step), STEP) for step in item.steps]
    why = one_line(tr_data(item.why), WHY)
    return Card(
        title=at_word(tr_data(item.title), TWO_LINES),
        body=_apart([said], [why], _numbered(steps), [last, _whose(task, who)]),
        tone=_item_tone(task),
        buttons=(*_answers(run, task, who), *_back(run, back)),
        footer=_footer(run, tr("{number} left", number=len(run.left))),
    )


def explain_card(run: Run, task: Task, who: Person, checklist: Checklist | None) -> Card:
    """Show why an item is asked and how it is done, at length, with the same buttons."""
    item = task.item
    steps = [tr_data(step) for step in item.steps]
    why = [tr_data(checklist.why)] if checklist else []
    return Card(
        title=at_word(tr_data(item.title), TWO_LINES),
        body=_apart([tr_data(item.why)], why, _numbered(steps), _about(item, checklist)),
        buttons=_answers(run, task, who, explain=False),
        footer=_footer(run),
    )


def _about(item: Item, checklist: Checklist | None) -> list[str]:
    """Say which section the item serves, and what it counts."""
    if checklist is None:
        return []
    part = tr("Part of '{section}'.", section=tr_data(checklist.section))
    if not checklist.cadence:
        return [part]
    if item.expires:
        counts = tr_count(
            item.weight,
            "Worth {count} point in the score, for {days} days.",
            "Worth {count} points in the score, for {days} days.",
            days=item.expires,
        )
    else:
        counts = tr_count(
            item.weight, "Worth {count} point in the score.", "Worth {count} points in the score."
        )
    return [part, counts]


def end_card(run: Run, who: Person, said: str = "", back: str = "") -> Card:
    """Tell a person that nothing more is asked of them, and what is left."""
    own = [task for task in run.left if task.free_for(who)]
    others = [task for task in run.left if not task.free_for(who)]
    lines = [said] if said else []
    lines += [
        tr("{name}: {item}", name=task.owner.name, item=tr_data(task.item.title))
        for task in others
        if task.owner
    ]
    return Card(
        title=_end_title(run, who, len(own), len(others)),
        body=clip("\n".join(lines), cards.BODY),
        tone=Tone.INFO if own else Tone.GOOD,
        buttons=(
            *((begin_button(run, tr("Continue")),) if own else ()),
            # Back leads to the item that was just answered, which may wait for an explanation.
            *(_offer(run, task) for task in others[:OTHERS] if task.item.id != back),
            *_back(run, back),
        ),
        footer=_footer(run),
    )


def last_words(status: ItemStatus | None, view: ViewContext) -> str:
    """Say what was said of an item last time; nothing where nobody answered it before."""
    if status is None or status.who is None:
        return ""
    when = view.clock(status.at)
    if status.answer is Answer.PROBLEM:
        since = view.clock(status.since or status.at)
        return tr(
            "Still a problem: {case}, since {when}. If it is solved, press Done.",
            case=f"C-{status.case}",
            when=since,
        )
    if status.answer is Answer.UNEXPLAINED:
        return tr(
            "Still to be explained: {name} entered a list that differs, {when}.",
            name=status.who.name,
            when=when,
        )
    if status.answer is Answer.OPEN and status.case:
        case = f"C-{status.case}"
        return tr("{case} was closed {when}. Is it really solved?", case=case, when=when)
    if status.answer is Answer.OPEN:
        return tr("Asked again since {when}.", when=when)
    return tr(
        "Last time: {answer}. {name}, {when}.",
        answer=listed(
            status.answer.said.lower(), proof_words(status.proof) if status.proof else ""
        ),
        name=status.who.name,
        when=when,
    )


def _numbered(steps: Sequence[str]) -> list[str]:
    return [f"{place}. {step}" for place, step in enumerate(steps, 1)]


def _footer(run: Run, more: str = "") -> str:
    parts = (run.label, run_name(run), more)
    return one_line(" · ".join(filter(None, parts)), cards.FOOTER)


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
        differs = diff_words(task.item.proof, task.diff)
        return together(differs, tr("Explain this, or enter the list again."))
    if task.answer is not Answer.OPEN:
        by = task.who.name if task.who else tr("Someone")
        return tr("Answered by {name}: {answer}.", name=by, answer=task.answer.said.lower())
    if task.free_for(who):
        return ""
    return tr("Owner: {name}", name=task.owner.name if task.owner else "")


def _answers(run: Run, task: Task, who: Person, *, explain: bool = True) -> tuple[Button, ...]:
    ref = item_ref(run, task.item.id)
    item = task.item
    problem = Button(label=tr("Problem"), action="item-problem", ref=ref, style=Style.DANGER)
    if task.answer is Answer.UNEXPLAINED:
        buttons = [
            Button(label=tr("Explain changes"), action="item-change", ref=ref, style=Style.PRIMARY),
            problem,
            Button(label=tr("Enter list again"), action="item-done", ref=ref),
        ]
    else:
        buttons = [
            Button(label=tr("Done"), action="item-done", ref=ref, style=Style.PRIMARY),
            problem,
            Button(label=tr("Not for us"), action="item-not-ours", ref=ref),
        ]
    if explain:
        buttons.append(Button(label=tr("Explain"), action="item-explain", ref=ref))
    buttons.append(Button(label=tr("Skip"), action="item-skip", ref=ref))
    if task.owner != who:
        buttons.append(Button(label=tr("Take over"), action="item-take", ref=ref))
    if item.link and allowed(item.link):
        buttons.append(Button(label=tr("Open on Amazon"), url=item.link))
    if item.command:
        label = one_line(f"/{item.command}", cards.BUTTON_LABEL)
        buttons.append(Button(label=label, action="run", ref=item.command))
    return tuple(buttons)


def _end_title(run: Run, who: Person, own: int, others: int) -> str:
    if own:
        return tr_count(
            own,
            "{count} item left for later. {done}.",
            "{count} items left for later. {done}.",
            done=done_words(run),
        )
    if others:
        answered = any(task.who is not None and task.who.id == who.id for task in run.tasks)
        return together(
            tr("All your items are answered.") if answered else tr("Nothing for you to do."),
            tr_count(others, "{count} item left for others.", "{count} items left for others."),
        )
    return tr("All answered: {done}. Thank you.", done=done_words(run))


def _offer(run: Run, task: Task) -> Button:
    label = at_word(tr("Do: {item}", item=tr_data(task.item.title)), PHONE)
    return Button(label=label, action="show-item", ref=item_ref(run, task.item.id))


def _back(run: Run, id: str) -> tuple[Button, ...]:
    return (Button(label=tr("Back"), action="show-item", ref=item_ref(run, id)),) if id else ()
