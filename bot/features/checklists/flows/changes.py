"""Explaining the changes of a list: which users or apps that came or went are ours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import OPTION, OPTIONS, Choices, Form, Option
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr, tr_count, tr_data
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.text import one_line
from bot.features.checklists.service.answering import ItemAnswered
from bot.features.checklists.service.changes import explain_changes
from bot.features.checklists.service.problems import ProblemReported

REST = "rest"
"""The option for all users or apps that have no room of their own."""


class ChangeForm(FlowForm, frozen=True, kw_only=True):
    """Which users or apps that came or went are ours; ``subject`` names the item."""

    item: str = ""
    """Its title."""
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    """Places in the first of these, as the form gives them back."""
    removed: tuple[str, ...] = ()
    """Places in the second."""

    @property
    def expected(self) -> frozenset[str]:
        """Those that are ours, and those that we removed."""
        return frozenset({*_chosen(self.came, self.ours), *_chosen(self.went, self.removed)})


def _chosen(entries: Sequence[str], places: Sequence[str]) -> list[str]:
    """Return the chosen entries; the last option stands for all that have no room of their own."""
    own = range(len(entries)) if len(entries) <= OPTIONS else range(OPTIONS - 1)
    rest = [] if REST not in places else list(entries[len(own) :])
    return [entries[place] for place in own if str(place) in places] + rest


def _change_form(given: ChangeForm) -> Form:
    came = _which("ours", tr("Which new ones are ours?"), given.came)
    went = _which("removed", tr("Which did we remove ourselves?"), given.went)
    return Form(
        id="item-change",
        title=tr("Explain the changes"),
        intro=tr(
            "{item}. Choose what you know for sure. Everything that you don't choose opens a case "
            "at once.",
            item=tr_data(given.item),
        ),
        inputs=(*came, *went),
        submit=tr("Save"),
    )


def _which(name: str, label: str, entries: Sequence[str]) -> tuple[Choices, ...]:
    if not entries:
        return ()
    own = len(entries) if len(entries) <= OPTIONS else OPTIONS - 1
    options = [
        Option(str(place), one_line(entry, OPTION)) for place, entry in enumerate(entries[:own])
    ]
    if own < len(entries):
        label = tr_count(len(entries) - own, "All {count} others", "All {count} others")
        options.append(Option(REST, label))
    return (Choices(name=name, label=label, options=tuple(options), required=False),)


def _explained(_: RequestContext, result: ItemAnswered | ProblemReported) -> Sequence[Reply]:
    """Say what came of it: the card that all see is changed by itself."""
    if isinstance(result, ProblemReported):
        item = tr_data(result.answered.task.item.title)
        return [Notice(tr("{item}: {case} is open.", item=item, case=result.case.label))]
    item = tr_data(result.task.item.title)
    return [Notice(tr("{item}: done, all changes explained.", item=item), Tone.GOOD)]


ITEM_CHANGE = Flow(
    id="item-change",
    version=1,
    form=ChangeForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="ours", form=_change_form),),
    finish=lambda ctx, form: explain_changes(ctx.app, ctx.tx, ctx.who, form.subject, form.expected),
    answer=_explained,
)
