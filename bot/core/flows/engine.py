"""The flow engine: a flow is data, a session is stored, and ``advance`` is pure.

A session survives restarts and may be resumed by anybody. Forms may come back late, twice or
from an older version of the program: ``advance`` never raises for what a person sent, it asks
again and says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from bot.core.flows.fill import check_inputs, fill
from bot.core.flows.private import private
from bot.core.forms import Answer, Answers, Form
from bot.core.interactions import Ask

Given = Mapping[str, Answer]
"""What the session knows from outside, and all answers of the steps before, by name."""

Errors = dict[str, str]
"""What is wrong, by the name of the input."""


class FlowSession(msgspec.Struct, frozen=True, kw_only=True):
    """How far somebody came in a flow."""

    id: str
    flow: str = msgspec.field(name="wizard")
    version: int
    started_at: datetime
    started_by: str
    subject: str = ""
    """What it is about, for example a case's key."""
    facts: dict[str, str] = {}
    """What the forms may show or check against and nobody is asked, such as today's date."""
    step: str = ""
    path: tuple[str, ...] = ()
    """The steps answered so far, in order."""
    answers: dict[str, Answers] = {}
    """Answers by step; a step that was left by going back keeps its answers as a draft."""
    errors: Errors = {}
    """What was wrong with the answers to the present step when they were last sent."""

    @property
    def key(self) -> str:
        """The session's name in the store."""
        return self.id

    @property
    def given(self) -> dict[str, Answer]:
        """The facts, and the answers of all steps on the path."""
        merged: dict[str, Answer] = dict(self.facts)
        for step in self.path:
            merged.update(self.answers.get(step, {}))
        return merged


class Done(msgspec.Struct, frozen=True):
    """Every question is answered."""

    answers: dict[str, Answer]


def _end(_: Given) -> str:
    return ""


def _fine(_: Given) -> Errors:
    return {}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One form of a flow.

    ``form`` makes it from the answers before, ``check`` says what is wrong beyond what the inputs
    themselves demand, ``next`` names the following step, or nothing at the end.
    """

    id: str
    form: Callable[[Given], Form]
    next: Callable[[Given], str] = _end
    check: Callable[[Given], Errors] = _fine
    secret: bool = False
    """Wrong answers that hold a secret or tell of a person are not kept for the next try."""


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """A flow of steps. Raise ``version`` when a step's meaning changes."""

    id: str
    version: int
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """Return the step of that name."""
        return next((step for step in self.steps if step.id == name), None)


def begin(
    flow: Flow, session: FlowSession, draft: Answers | None = None
) -> tuple[FlowSession, Ask]:
    """Ask the first question; ``draft`` fills in what is known already."""
    first = flow.steps[0]
    answers = {first.id: draft} if draft else session.answers
    started = msgspec.structs.replace(
        session,
        flow=flow.id,
        version=flow.version,
        step=first.id,
        path=(),
        answers=answers,
        errors={},
    )
    return started, _ask(flow, started, first)


def resume(flow: Flow, session: FlowSession) -> tuple[FlowSession, Ask]:
    """Ask the question where the session stands, and say what was wrong with the answers to it.

    An older version's session starts over.
    """
    step = flow.step(session.step)
    if session.version != flow.version or step is None:
        return begin(flow, session)
    return session, _ask(flow, session, step)


def advance(
    flow: Flow, session: FlowSession, step_id: str, answers: Answers
) -> tuple[FlowSession, Ask | Done]:
    """Take the answers to one step and say what comes next.

    Answers to an earlier step go back to it; answers to a step that was not asked for are
    ignored, and the present question is asked again.
    """
    step = flow.step(step_id)
    if session.version != flow.version or step is None:
        return resume(flow, session)
    if step_id in session.path:
        session = _back_to(session, step_id)
    if step_id != session.step:
        return resume(flow, session)
    given = session.given
    kept, errors = check_inputs(step.form(given), answers)
    errors = errors or step.check({**given, **kept})
    shown = _with_answers(session, step_id, kept, errors)
    if errors and step.secret and private(answers):
        # Whoever typed it sees it once more; nobody else does. What was cut off counts as well.
        return _with_answers(session, step_id, {}, errors), _ask(flow, shown, step)
    if errors:
        return shown, _ask(flow, shown, step)
    return _forward(flow, shown, step)


def _forward(flow: Flow, session: FlowSession, step: Step) -> tuple[FlowSession, Ask | Done]:
    passed = msgspec.structs.replace(session, path=(*session.path, step.id))
    following = flow.step(step.next(passed.given))
    if following is None or following.id in passed.path:
        return passed, Done(passed.given)
    moved = msgspec.structs.replace(passed, step=following.id)
    return moved, _ask(flow, moved, following)


def _back_to(session: FlowSession, step_id: str) -> FlowSession:
    path = session.path[: session.path.index(step_id)]
    return msgspec.structs.replace(session, step=step_id, path=path)


def _with_answers(
    session: FlowSession, step_id: str, answers: Answers, errors: Errors
) -> FlowSession:
    known = {**session.answers, step_id: answers}
    return msgspec.structs.replace(session, answers=known, errors=errors)


def _ask(flow: Flow, session: FlowSession, step: Step) -> Ask:
    form = fill(step.form(session.given), session.answers.get(step.id, {}))
    number = len(session.path) + 1
    return Ask(
        form=form,
        session=session.id,
        step=step.id,
        errors=session.errors,
        number=number,
        of=max(number, _length(flow, session, step)),
    )


def _length(flow: Flow, session: FlowSession, step: Step) -> int:
    """Count the steps if what is not answered yet stays empty; the way may still change."""
    seen = [*session.path, step.id]
    given: defaultdict[str, Answer] = defaultdict(str, session.given)
    while True:
        given.update(session.answers.get(step.id, {}))
        following = flow.step(step.next(given))
        if following is None or following.id in seen:
            return len(seen)
        seen.append(following.id)
        step = following
