"""What is asked of an item: the proof that it is done, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import (
    AnyInput,
    Date,
    File,
    Form,
    Paragraph,
    Text,
)
from bot.core.interactions import Notice, Reply, Update
from bot.core.interface import together, tr, tr_data
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Answer, Proof
from bot.features.checklists.rules.proofs import read_proof
from bot.features.checklists.service.answering import ItemAnswered, prove_item
from bot.features.checklists.service.problems import ProblemReported, report_problem
from bot.features.checklists.views.diffs import diff_words
from bot.features.checklists.views.items import shown_card

WRONG = cards.FIELD_VALUE
"""Characters of what is wrong: as many as its case shows."""
NAMES_ONLY = "One per line. Names only, no passwords or keys."
PICTURES = ("image/png", "image/jpeg", "image/webp", "application/pdf")


class ProofForm(FlowForm, frozen=True, kw_only=True):
    """What shows that an item is done; ``subject`` names the item."""

    item: str = ""
    """Its title."""
    kind: ProofKind = ProofKind.NONE
    last: str = ""
    """The last proof in words; empty: there is none."""
    proof: str | tuple[Upload, ...] = ""

    @property
    def parsed(self) -> Proof:
        """The proof. Raises UserError."""
        return read_proof(self.kind, self.proof)


class ProblemForm(FlowForm, frozen=True, kw_only=True):
    """What is wrong with an item; ``subject`` names the item."""

    item: str = ""
    """Its title."""
    wrong: str = ""


def _proof_form(given: ProofForm) -> Form:
    return Form(
        id="item-proof",
        title=tr("Show that it is done"),
        intro=together(
            tr("{item}.", item=tr_data(given.item)),
            tr("Last time: {proof}.", proof=given.last) if given.last else "",
            tr("Next, you'll see what changed since last time."),
        ),
        inputs=(_proof_input(given.kind),),
        submit=tr("Done"),
    )


def _proof_input(kind: ProofKind) -> AnyInput:
    match kind:
        case ProofKind.USERS:
            return Paragraph(name="proof", label=tr("List all users"), hint=tr_data(NAMES_ONLY))
        case ProofKind.APPS:
            return Paragraph(name="proof", label=tr("List all apps"), hint=tr_data(NAMES_ONLY))
        case ProofKind.COUNT:
            return Text(name="proof", label=tr("How many?"), hint=tr("A whole number."), most=20)
        case ProofKind.FILE:
            hint = tr("A screenshot, photo or PDF, without passwords, keys or buyer data.")
            return File(name="proof", label=tr("Image or document"), hint=hint, kinds=PICTURES)
        case _:
            return Date(name="proof", label=tr("Which day?"), hint=tr("The date on the page."))


def _proof_check(given: ProofForm) -> Errors:
    return errors_in(proof=lambda: given.parsed)


def _problem_form(given: ProblemForm) -> Form:
    return Form(
        id="item-problem",
        title=tr("What is wrong?"),
        intro=tr(
            "{item}. This opens a case, and the item comes back until it is done.",
            item=tr_data(given.item),
        ),
        inputs=(
            Paragraph(
                name="wrong",
                label=tr("What did you find?"),
                hint=tr("What is wrong, where, and when it started. No passwords or keys."),
                most=WRONG,
            ),
        ),
        submit=tr("Open a case"),
    )


def item_answered(ctx: RequestContext, done: ItemAnswered, words: str = "") -> Sequence[Reply]:
    """Show the next item in the place of the one that was answered, and say what was taken."""
    said, item = done.said, done.task.item
    unexplained = said.answer is Answer.UNEXPLAINED
    alarms = said.diff is not None and said.diff.alarming
    symbol = Tone.WARNING.symbol if alarms else said.answer.symbol
    title = tr_data(item.title).rstrip(".。")
    answer = words or said.answer.said.lower()
    told = tr("{symbol} {item}: {answer}", symbol=symbol, item=title, answer=answer)
    if unexplained:
        remedy = tr("Press Back to explain this. Until then, the item is not done.")
        told = together(told, remedy)
    elif alarms:
        told = together(told, tr("Not right? Press Back, then Problem."))
    return [Update(shown_card(done.following, ctx.who, told, item.id))]


def _proved(ctx: RequestContext, done: ItemAnswered) -> Sequence[Reply]:
    differs = diff_words(done.task.item.proof, done.said.diff) if done.said.diff else ""
    return item_answered(ctx, done, differs or tr("no change since the last review."))


def _reported(ctx: RequestContext, reported: ProblemReported) -> Sequence[Reply]:
    case, task = reported.case.label, reported.answered.task
    if task.answer is Answer.OPEN:
        return item_answered(ctx, reported.answered, tr("{case} is open.", case=case))
    # It was answered before: this may have begun on a card that all see, which stays as it is.
    return [Notice(tr("{item}: {case} is open.", item=tr_data(task.item.title), case=case))]


ITEM_PROOF = Flow(
    id="item-proof",
    version=1,
    form=ProofForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="proof", form=_proof_form, check=_proof_check),),
    finish=lambda ctx, form: prove_item(ctx.app, ctx.tx, ctx.who, form.subject, form.parsed),
    answer=_proved,
)


ITEM_PROBLEM = Flow(
    id="item-problem",
    version=1,
    form=ProblemForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="wrong", form=_problem_form),),
    finish=lambda ctx, form: report_problem(ctx.app, ctx.tx, ctx.who, form.subject, form.wrong),
    answer=_reported,
)
