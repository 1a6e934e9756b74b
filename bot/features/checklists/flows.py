"""What is asked of an item: the proof that it is done, or what is wrong with it."""

from __future__ import annotations

from bot.core import cards
from bot.core.files import Upload
from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.flows.private import secret
from bot.core.forms import AnyInput, Date, File, Form, Paragraph, Text
from bot.errors import UserError
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Proof
from bot.features.checklists.rules.proofs import LISTS, noun, read_count, read_day, read_entries

WRONG = cards.FIELD_VALUE
"""Characters of what is wrong: as many as its case shows."""
NAMES_ONLY = "One a line. Names only: no passwords, no keys."
PICTURES = ("image/png", "image/jpeg", "image/webp", "application/pdf")


def read_proof(kind: ProofKind, given: Given) -> Proof:
    """Return what was given as a proof.

    Raises:
        UserError: it cannot be read, or a line of it looks like a secret.
    """
    answer = given["proof"]
    if not isinstance(answer, str):
        files = [file for file in answer if isinstance(file, Upload)]
        return Proof(kind=kind, file=files[0])
    if kind in LISTS:
        return read_entries(kind, answer)
    return read_count(answer) if kind is ProofKind.COUNT else read_day(answer)


def _proof_form(given: Given) -> Form:
    last = f"Last time: {given['last']}. " if given["last"] else ""
    return Form(
        id="item-proof",
        title="What shows it?",
        intro=f"{given['item']}. {last}You are told what changed from one time to the next.",
        inputs=(_proof_input(ProofKind(str(given["kind"]))),),
        submit="Done",
    )


def _proof_input(kind: ProofKind) -> AnyInput:
    match kind:
        case ProofKind.USERS | ProofKind.APPS:
            label = f"Which {noun(kind)}s are there?"
            return Paragraph(name="proof", label=label, hint=NAMES_ONLY)
        case ProofKind.COUNT:
            return Text(name="proof", label="How many?", hint="A whole number.", most=20)
        case ProofKind.FILE:
            hint = "A screenshot or a paper. No passwords, no keys, no buyers' data."
            return File(name="proof", label="A picture or a paper", hint=hint, kinds=PICTURES)
        case _:
            return Date(name="proof", label="Which day?", hint="The day that the page shows.")


def _proof_check(given: Given) -> Errors:
    try:
        read_proof(ProofKind(str(given["kind"])), given)
    except UserError as error:
        return {"proof": str(error)}
    return {}


ITEM_PROOF = Flow(
    id="item-proof",
    version=1,
    steps=(Step(id="proof", form=_proof_form, check=_proof_check, secret=True),),
)
"""Facts: ``item`` (its title), ``kind`` (of proof), ``last`` (the last one in words, or empty)."""


def _problem_form(given: Given) -> Form:
    return Form(
        id="item-problem",
        title="What is wrong?",
        intro=f"{given['item']}. A case opens, and the item comes back until it is done.",
        inputs=(
            Paragraph(
                name="wrong",
                label="What did you find?",
                hint="What, where and since when. No passwords, no keys.",
                most=WRONG,
            ),
        ),
        submit="Open a case",
    )


ITEM_PROBLEM = Flow(
    id="item-problem",
    version=1,
    steps=(
        Step(
            id="wrong",
            form=_problem_form,
            check=lambda given: secret(given, "wrong"),
            secret=True,
        ),
    ),
)
"""Facts: ``item`` (its title)."""
