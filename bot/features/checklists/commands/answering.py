"""Going through a run's items: what the buttons on them do. A person sees one item at a time."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Card, Tone
from bot.core.collections import CHECKLIST_SCHEDULES
from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply, Update
from bot.core.permissions import Permission
from bot.core.references import find_numbered
from bot.core.request import ClickSpec, RequestContext
from bot.core.view_contexts import view_context
from bot.errors import UserError
from bot.features.checklists.collections import ITEM_STATUSES, RUNS
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import (
    Answer,
    ItemStatus,
    Run,
    Task,
    item_status_key,
    run_key,
)
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.rules.answering import AnswerGiven, give, require, take
from bot.features.checklists.rules.calendar import expiry
from bot.features.checklists.rules.planning import DECISIONS
from bot.features.checklists.rules.proofs import proof_words
from bot.features.checklists.service.decisions import note_decision
from bot.features.checklists.service.item_statuses import note_score
from bot.features.checklists.service.posting import keep
from bot.features.checklists.views.checklist import item_ref
from bot.features.checklists.views.items import end_card, explain_card, item_card, last_words


async def begin(ctx: RequestContext) -> Sequence[Reply]:
    """Show the first item that is the person's, or nobody's; of a replaced run, the newer one's."""
    run = await find_run(ctx, ctx.text)
    while run.successor is not None:
        run = await find_run(ctx, str(run.successor))
    if not run.open:
        message = f"{run.title} is over: {run.ending.label if run.ending else 'closed'}."
        raise UserError(message)
    return [Post(await shown(ctx, run, run.next_for(ctx.who)))]


async def show_item(ctx: RequestContext) -> Sequence[Reply]:
    """Show one item, whoever looks after it."""
    run, task = await find_task(ctx, ctx.text)
    return [Update(await shown(ctx, run, task))]


async def item_done(ctx: RequestContext) -> Sequence[Reply]:
    """Take it as done, or ask for what shows it."""
    run, task = await find_task(ctx, ctx.text)
    require(run, task, Answer.DONE)
    if task.item.proof is ProofKind.NONE:
        said = AnswerGiven(answer=Answer.DONE, who=ctx.who, at=ctx.app.clock())
        return await answered(ctx, run, task, said)
    standing = await item_status_of(ctx, run, task)
    last = standing.proof if standing else None
    facts = {
        "item": task.item.title,
        "kind": task.item.proof.value,
        "last": proof_words(last) if last else "",
    }
    return [start_flow(ctx, "item-proof", subject=item_ref(run, task.item.id), facts=facts)]


async def item_problem(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is wrong."""
    run, task = await find_task(ctx, ctx.text)
    facts = {"item": task.item.title}
    return [start_flow(ctx, "item-problem", subject=item_ref(run, task.item.id), facts=facts)]


async def item_not_ours(ctx: RequestContext) -> Sequence[Reply]:
    """Leave it out of the score and of the next runs, for a year."""
    run, task = await find_task(ctx, ctx.text)
    said = AnswerGiven(answer=Answer.NOT_OURS, who=ctx.who, at=ctx.app.clock())
    return await answered(ctx, run, task, said)


async def item_skip(ctx: RequestContext) -> Sequence[Reply]:
    """Go on to the next item; nothing is written."""
    run, task = await find_task(ctx, ctx.text)
    return [Update(await shown(ctx, run, run.next_for(ctx.who, task.item.id)))]


async def item_explain(ctx: RequestContext) -> Sequence[Reply]:
    """Show why it is asked and how it is done, at length."""
    run, task = await find_task(ctx, ctx.text)
    known = {each.id: each for each in (DECISIONS, *ctx.app.resources[CHECKLISTS])}
    checklist = known.get(run.checklist)
    return [Update(explain_card(run, task, ctx.who, checklist))]


async def item_take(ctx: RequestContext) -> Sequence[Reply]:
    """Make the item the person's own from now on."""
    run, task = await find_task(ctx, ctx.text)
    before = await item_status_of(ctx, run, task)
    after = take(run, task, before, ctx.who, ctx.app.clock())
    ctx.tx.put(ITEM_STATUSES, after.standing)
    await keep(ctx.app, ctx.tx, after.run)
    taken = after.run.task(task.item.id) or task
    return [Update(await shown(ctx, after.run, taken, said=f"{task.item.title} is yours now."))]


async def answered(
    ctx: RequestContext, run: Run, task: Task, said: AnswerGiven, words: str = ""
) -> Sequence[Reply]:
    """Take an answer, and show the next item in the place of the one that was answered."""
    run = await take_answer(ctx, run, task, said)
    alarms = said.drift is not None and said.drift.alarming
    symbol = Tone.WARNING.symbol if alarms else said.answer.symbol
    told = f"{symbol} {task.item.title.rstrip('.')}: {words or said.answer.label.lower()}"
    if alarms:
        told += " Not as it should be? Press Back, then Problem."
    following = run.next_for(ctx.who, task.item.id)
    return [Update(await shown(ctx, run, following, said=told, back=task.item.id))]


async def take_answer(ctx: RequestContext, run: Run, task: Task, said: AnswerGiven) -> Run:
    """Write an answer down: the run, how the item stands, and the score when all is answered."""
    before = await item_status_of(ctx, run, task)
    if said.answer is Answer.DONE:
        said = await _counted(ctx, run, task, said)
    after = give(run, task, before, said)
    ctx.tx.put(ITEM_STATUSES, after.standing)
    await keep(ctx.app, ctx.tx, after.run)
    if run.checklist == DECISIONS.id:
        await note_decision(ctx.tx, task.item.id, said.answer, said.at)
    if run.open and not after.run.open:
        await note_score(ctx.app, ctx.tx, [after.standing])
    return after.run


async def shown(
    ctx: RequestContext, run: Run, task: Task | None, *, said: str = "", back: str = ""
) -> Card:
    """Return the card of an item for the person, or of the end where none is left."""
    if task is None:
        return end_card(run, ctx.who, said, back)
    last = ""
    if task.answer is Answer.OPEN:
        view = await view_context(ctx.app, ctx.tx)
        last = last_words(await item_status_of(ctx, run, task), view)
    return item_card(run, task, ctx.who, last, said, back)


async def find_task(ctx: RequestContext, text: str) -> tuple[Run, Task]:
    """Return the task named by ``000012/item`` or ``K-12/item``.

    Raises:
        UserError: there is none.
    """
    number, _, item = text.partition("/")
    run = await find_run(ctx, number)
    task = run.task(item)
    if task is None:
        message = f"{run.title} has no item {item[:40]!r}. Type /security to see what there is."
        raise UserError(message)
    return run, task


async def find_run(ctx: RequestContext, text: str) -> Run:
    """Return the run named by a number or key such as ``3``, ``K-3`` or ``000003``.

    Raises:
        UserError: there is none.
    """
    found = await find_numbered(ctx.tx, RUNS, text, "K", run_key)
    if found is None:
        message = f"There is no run {text[:20]!r}. Type /todo to see what waits."
        raise UserError(message)
    return found


async def item_status_of(ctx: RequestContext, run: Run, task: Task) -> ItemStatus | None:
    """Return how the task's item stands."""
    return await ctx.tx.get(ITEM_STATUSES, item_status_key(run.checklist, task.item.id))


async def _counted(ctx: RequestContext, run: Run, task: Task, said: AnswerGiven) -> AnswerGiven:
    """Add until when 'done' counts."""
    agenda = await ctx.tx.get(CHECKLIST_SCHEDULES, run.checklist)
    team = await ctx.app.team(ctx.tx)
    expires = expiry(task.item, said.at, agenda.next_at if agenda else None, team)
    return msgspec.structs.replace(said, expires_at=expires)


CLICKS = (
    ClickSpec("begin", Permission.WORK_CASES, begin),
    ClickSpec("show-item", Permission.WORK_CASES, show_item),
    ClickSpec("item-done", Permission.WORK_CASES, item_done),
    ClickSpec("item-problem", Permission.WORK_CASES, item_problem),
    ClickSpec("item-not-ours", Permission.WORK_CASES, item_not_ours),
    ClickSpec("item-explain", Permission.READ, item_explain),
    ClickSpec("item-skip", Permission.WORK_CASES, item_skip),
    ClickSpec("item-take", Permission.WORK_CASES, item_take),
)
