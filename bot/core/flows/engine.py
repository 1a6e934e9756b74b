"""The flow engine: a flow is data, a session is stored, and ``advance`` is pure.

A session survives restarts and may be resumed by anybody. Forms may come back late, twice or
from an older version of the program: ``advance`` never raises for what a person sent, it asks
again and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from bot.core.flows.forms import (
    Errors,
    FlowForm,
    check_inputs,
    fields_of,
    fill,
    has_files,
    read_form,
)
from bot.core.flows.private import private, says_again
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Answers, Form
from bot.core.interactions import Ask
from bot.core.interface import InterfaceLanguage, speak

F = TypeVar("F", bound=FlowForm)


class Done(msgspec.Struct, frozen=True):
    """Every question is answered."""

    answers: dict[str, object]


def _end(_: object) -> str:
    return ""


def _fine(_: object) -> Errors:
    return {}


@dataclass(frozen=True, kw_only=True)
class Step(Generic[F]):
    """One form of a flow.

    ``form`` makes it from what is known so far, ``check`` says what is wrong beyond what the inputs
    themselves demand, ``next`` names the following step, or nothing at the end.
    """

    id: str
    form: Callable[[F], Form]
    next: Callable[[F], str] = _end
    check: Callable[[F], Errors] = _fine


@dataclass(frozen=True, kw_only=True)
class Questions(Generic[F]):
    """What a flow asks, in steps. Raise ``version`` when a step's meaning changes."""

    id: str
    version: int
    form: type[F]
    """What the answers are read into."""
    steps: tuple[Step[F], ...]

    def __post_init__(self) -> None:
        """Look at the form's fields now, so that the first person to ask does not wait for it."""
        fields_of(self.form)

    def step(self, name: str) -> Step[F] | None:
        """Return the step of that name."""
        return next((step for step in self.steps if step.id == name), None)

    def read(self, given: Mapping[str, object]) -> F:
        """Read what is known."""
        return read_form(self.form, given)


def begin(flow: Questions[F], session: FlowSession) -> tuple[FlowSession, Ask]:
    """Ask the first question; what is known already of what it asks is filled in."""
    first = flow.steps[0]
    started = msgspec.structs.replace(
        session, flow=flow.id, version=flow.version, step=first.id, path=(), errors={}
    )
    return started, _ask(flow, started, first)


def resume(flow: Questions[F], session: FlowSession) -> tuple[FlowSession, Ask]:
    """Ask the question where the session stands, and say what was wrong with the answers to it.

    An older version's session starts over.
    """
    step = flow.step(session.step)
    if session.version != flow.version or step is None:
        return begin(flow, session)
    return session, _ask(flow, session, step)


def advance(
    flow: Questions[F],
    session: FlowSession,
    step_id: str,
    answers: Answers,
    stops: Callable[[Form], Errors] = _fine,
) -> tuple[FlowSession, Ask | Done]:
    """Take the answers to one step and say what comes next.

    Answers to an earlier step go back to it, and files that it has stay, if none come in their
    place; answers to a step that was not asked for are
    ignored, and the present question is asked again. ``stops`` says of what was typed into the
    form, by input, why it is not taken. What is asked again keeps no secret and nothing that tells
    of a person: whoever typed it sees it once more, and nobody else does.
    """
    step = flow.step(step_id)
    if session.version != flow.version or step is None:
        return resume(flow, session)
    if step_id in session.path:
        session = _back_to(session, step_id)
    if step_id != session.step:
        return resume(flow, session)
    given = session.given
    form = step.form(flow.read(given))
    before = _files_of(session, step_id)
    answers = {**answers, **{name: had for name, had in before.items() if not answers.get(name)}}
    kept, errors = check_inputs(form, answers)
    errors = errors or step.check(flow.read({**given, **kept}))
    # A step may say more plainly what is wrong with a text.
    errors = {**stops(_in_english(flow, step, given)), **errors}
    shown = _with_answers(session, step_id, kept, errors)
    if errors:
        kept_on = _without_private(session, step_id, kept, answers, errors)
        return _without_files(kept_on, before), _ask(flow, _without_files(shown, before), step)
    return _forward(flow, shown, step)


def keep_draft(
    flow: Questions[F], session: FlowSession, step_id: str, answers: Answers
) -> FlowSession:
    """Keep what was typed into a step that is left unfinished, as far as it may be kept."""
    step = flow.step(step_id)
    if session.version != flow.version or step is None:
        return session
    if step_id in session.path:
        session = _back_to(session, step_id)
    if step_id != session.step:
        return session
    read, _ = check_inputs(step.form(flow.read(session.given)), answers)
    typed = {name: answer for name, answer in read.items() if not has_files(answer)}
    before = _files_of(session, step_id)
    return _without_private(session, step_id, {**typed, **before}, answers, {})


def back(flow: Questions[F], session: FlowSession) -> tuple[FlowSession, Ask]:
    """Ask the question before the present one again, as it was answered; the first one stays."""
    if session.path:
        session = _back_to(session, session.path[-1])
    return resume(flow, msgspec.structs.replace(session, errors={}))


def _in_english(flow: Questions[F], step: Step[F], given: Mapping[str, object]) -> Form:
    """Return a form with the labels by which it is known what a number is."""
    with speak(InterfaceLanguage.ENGLISH):
        return step.form(flow.read(given))


def ask_again(flow: Questions[F], session: FlowSession, errors: Errors) -> tuple[FlowSession, Ask]:
    """Ask a finished flow's last step once more, with what is wrong by the name of the input."""
    again = msgspec.structs.replace(session, path=session.path[:-1], errors=errors)
    return resume(flow, _without_files(again))


def _forward(
    flow: Questions[F], session: FlowSession, step: Step[F]
) -> tuple[FlowSession, Ask | Done]:
    passed = msgspec.structs.replace(session, path=(*session.path, step.id))
    following = flow.step(step.next(flow.read(passed.given)))
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


def _without_files(session: FlowSession, before: Answers | None = None) -> FlowSession:
    """Forget the files of the present step: they come again with the form, and none is kept.

    Those that were taken ``before`` stay: the form is shown again without them.
    """
    given = session.answers.get(session.step, {})
    rest = {name: answer for name, answer in given.items() if not has_files(answer)}
    return _with_answers(session, session.step, {**rest, **(before or {})}, session.errors)


def _files_of(session: FlowSession, step_id: str) -> Answers:
    """Return the files that a step was answered with before it was gone back to."""
    given = session.answers.get(step_id, {})
    return {name: answer for name, answer in given.items() if has_files(answer)}


def _without_private(
    session: FlowSession, step_id: str, kept: Answers, answers: Answers, errors: Errors
) -> FlowSession:
    """Keep answers for the next try, without what must not be kept before it is taken.

    What was cut off counts as well. What was proposed for such an input is not kept either, if that
    is private too; nor what is said to be wrong with it, where that says it again.
    """
    taken_out = private(answers)
    forgotten = kept.keys() & (taken_out.keys() | private(_answers(session.facts)).keys())
    facts = {name: fact for name, fact in session.facts.items() if name not in forgotten}
    drafts = {name: answer for name, answer in kept.items() if name not in taken_out}
    told = {
        name: taken_out[name] if name in taken_out and says_again(error, answers[name]) else error
        for name, error in errors.items()
    }
    without = msgspec.structs.replace(session, facts=facts)
    return _with_answers(without, step_id, drafts, told)


def _ask(flow: Questions[F], session: FlowSession, step: Step[F]) -> Ask:
    known = {**_answers(session.facts), **session.answers.get(step.id, {})}
    form = fill(step.form(flow.read(session.given)), known)
    number = len(session.path) + 1
    return Ask(
        form=form,
        session=session.id,
        step=step.id,
        errors=session.errors,
        number=number,
        of=max(number, _length(flow, session, step)),
    )


def _answers(facts: Mapping[str, object]) -> Answers:
    """Return what was known at the start as if a person had answered it."""
    texts = {name: value for name, value in facts.items() if isinstance(value, str)}
    lists = {
        name: tuple(each for each in value if isinstance(each, str))
        for name, value in facts.items()
        if isinstance(value, tuple | list)
    }
    return {**texts, **lists}


def _length(flow: Questions[F], session: FlowSession, step: Step[F]) -> int:
    """Count the steps if what is not answered yet stays empty; the way may still change."""
    seen = [*session.path, step.id]
    given = session.given
    while True:
        given.update(session.answers.get(step.id, {}))
        following = flow.step(step.next(flow.read(given)))
        if following is None or following.id in seen:
            return len(seen)
        seen.append(following.id)
        step = following
