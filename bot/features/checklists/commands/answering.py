"""Going through a run's items: what the buttons on them do. A person sees one item at a time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Card
from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply, Update
from bot.core.interface import tr, tr_data
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.errors import UserError
from bot.features.checklists.flows.changes import ITEM_CHANGE, ChangeForm
from bot.features.checklists.flows.items import (
    ITEM_PROBLEM,
    ITEM_PROOF,
    ProblemForm,
    ProofForm,
    item_answered,
)
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Answer, Run, Task
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.rules.answering import require
from bot.features.checklists.rules.names import run_name
from bot.features.checklists.rules.planning import DECISIONS
from bot.features.checklists.rules.proofs import proof_words
from bot.features.checklists.service.answering import answer_item, take_item
from bot.features.checklists.service.changes import find_changes
from bot.features.checklists.service.items import find_run, find_task, item_status_of, show_item
from bot.features.checklists.views.checklist import item_ref
from bot.features.checklists.views.items import explain_card, shown_card


async def begin(ctx: RequestContext) -> Sequence[Reply]:
    """Show the first item that is the person's, or nobody's; of a replaced run, the newer one's."""
    run = await find_run(ctx.tx, ctx.text)
    while run.successor is not None:
        run = await find_run(ctx.tx, str(run.successor))
    if not run.open:
        ending = run.ending.said if run.ending else tr("closed")
        message = tr("{run} has ended: {ending}.", run=run_name(run), ending=ending)
        raise UserError(message)
    return [Post(await _card(ctx, run, run.next_for(ctx.who)))]


async def show_one(ctx: RequestContext) -> Sequence[Reply]:
    """Show one item, whoever looks after it."""
    run, task = await find_task(ctx.tx, ctx.text)
    return [Update(await _card(ctx, run, task))]


async def item_done(ctx: RequestContext) -> Sequence[Reply]:
    """Take it as done, or ask for what shows it."""
    run, task = await find_task(ctx.tx, ctx.text)
    require(run, task, Answer.DONE)
    if task.item.proof is ProofKind.NONE:
        return await _answer(ctx, run, task, Answer.DONE)
    status = await item_status_of(ctx.tx, run, task)
    last = status.proof if status else None
    known = ProofForm(
        subject=item_ref(run, task.item.id),
        item=task.item.title,
        kind=task.item.proof,
        last=proof_words(last) if last else "",
    )
    return [start_flow(ctx, ITEM_PROOF, known)]


async def item_problem(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is wrong."""
    run, task = await find_task(ctx.tx, ctx.text)
    known = ProblemForm(subject=item_ref(run, task.item.id), item=task.item.title)
    return [start_flow(ctx, ITEM_PROBLEM, known)]


async def item_change(ctx: RequestContext) -> Sequence[Reply]:
    """Ask which users or apps that came or went are ours."""
    run, task, diff = await find_changes(ctx.tx, ctx.text)
    require(run, task, task.answer)
    known = ChangeForm(
        subject=item_ref(run, task.item.id),
        item=task.item.title,
        came=diff.added,
        went=diff.removed,
    )
    return [start_flow(ctx, ITEM_CHANGE, known)]


async def item_not_ours(ctx: RequestContext) -> Sequence[Reply]:
    """Leave it out of the score and of the next runs, for a year."""
    run, task = await find_task(ctx.tx, ctx.text)
    return await _answer(ctx, run, task, Answer.NOT_OURS)


async def item_skip(ctx: RequestContext) -> Sequence[Reply]:
    """Go on to the next item; nothing is written."""
    run, task = await find_task(ctx.tx, ctx.text)
    return [Update(await _card(ctx, run, run.next_for(ctx.who, task.item.id)))]


async def item_explain(ctx: RequestContext) -> Sequence[Reply]:
    """Show why it is asked and how it is done, at length."""
    run, task = await find_task(ctx.tx, ctx.text)
    known = {each.id: each for each in (DECISIONS, *ctx.app.resources[CHECKLISTS])}
    checklist = known.get(run.checklist)
    return [Update(explain_card(run, task, ctx.who, checklist))]


async def item_take(ctx: RequestContext) -> Sequence[Reply]:
    """Make the item the person's own from now on."""
    run, task = await find_task(ctx.tx, ctx.text)
    taken = await take_item(ctx.app, ctx.tx, ctx.who, run, task)
    said = tr("You now own '{item}'.", item=tr_data(task.item.title))
    return [Update(shown_card(taken, ctx.who, said))]


async def _answer(ctx: RequestContext, run: Run, task: Task, answer: Answer) -> Sequence[Reply]:
    return item_answered(ctx, await answer_item(ctx.app, ctx.tx, ctx.who, run, task, answer))


async def _card(ctx: RequestContext, run: Run, task: Task | None) -> Card:
    return shown_card(await show_item(ctx.app, ctx.tx, run, task), ctx.who)


CLICKS = (
    ClickSpec("begin", Permission.WORK_CASES, begin),
    ClickSpec("show-item", Permission.WORK_CASES, show_one),
    ClickSpec("item-done", Permission.WORK_CASES, item_done),
    ClickSpec("item-problem", Permission.WORK_CASES, item_problem),
    ClickSpec("item-change", Permission.WORK_CASES, item_change),
    ClickSpec("item-not-ours", Permission.WORK_CASES, item_not_ours),
    ClickSpec("item-explain", Permission.READ, item_explain),
    ClickSpec("item-skip", Permission.WORK_CASES, item_skip),
    ClickSpec("item-take", Permission.WORK_CASES, item_take),
)
