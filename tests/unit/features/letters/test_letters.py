"""Letters: what people do with them, step by step, and when somebody is asked about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.lint.remarks import Remark, stops_first
from bot.core.permissions import Person
from bot.core.reminding import REMINDERS, may_remind
from bot.errors import UserError
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import Letter, LetterKind, LetterState, Outcome
from tests.cases import for_each

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
REQUEST = Letter(
    number=4,
    kind=LetterKind.SUPPORT,
    situation="other",
    text="Hello,",
    written_by=Person("ben", "Ben"),
    written_at=NOW,
)
MESSAGE = msgspec.structs.replace(REQUEST, kind=LetterKind.BUYER, situation="late")
SENT = steps.send(REQUEST, NOW, "1234")


def days(letter: Letter) -> float:
    """Return after how many days somebody is asked about it."""
    assert letter.due_at is not None
    return (letter.due_at - NOW) / timedelta(days=1)


def test_a_request_is_asked_about_after_two_days() -> None:
    assert (SENT.state, SENT.open, days(SENT)) == (LetterState.SENT, True, 2)


def test_a_message_to_a_buyer_is_over_when_it_is_sent() -> None:
    sent = steps.send(MESSAGE, NOW)
    assert (sent.state, sent.open, sent.due_at) == (LetterState.SENT, False, None)
    assert steps.question(sent) == "Nothing more to do."


def test_each_reminder_doubles_the_pause_up_to_the_last() -> None:
    letter, pauses = SENT, []
    for _ in range(REMINDERS):
        assert letter.due_at is not None
        assert may_remind(letter, letter.due_at)
        before = letter.due_at
        letter = steps.remind(letter, before)
        assert letter.due_at is not None
        pauses.append((letter.due_at - before) // timedelta(days=1))
    assert pauses == [4, 8, 16, 32, 64]
    assert letter.due_at is not None
    assert not may_remind(letter, letter.due_at)
    assert steps.waits(letter, letter.due_at)


@pytest.mark.parametrize(
    ("outcome", "state", "opened"),
    [
        (Outcome.SOLVED, LetterState.ANSWERED, False),
        (Outcome.REFUSED, LetterState.ANSWERED, False),
        (Outcome.WANTED, LetterState.SENT, True),
    ],
)
def test_an_answer_ends_it_unless_they_want_more(
    outcome: Outcome, state: LetterState, opened: bool
) -> None:
    answered = steps.answer(steps.remind(SENT, NOW), NOW, outcome, "Words")
    assert (answered.state, answered.open, answered.words) == (state, opened, "Words")
    assert answered.reminded == 0
    assert steps.question(answered) == outcome.advice
    if opened:
        assert days(answered) == 1
        assert steps.answer(answered, NOW, Outcome.SOLVED).open is False


def test_the_case_id_may_follow_and_is_never_wiped_out() -> None:
    later = NOW + timedelta(hours=3)
    bare = steps.send(REQUEST, NOW)
    named = steps.send(bare, later, "1234")
    assert (named.ticket, named.sent_at, named.due_at) == ("1234", NOW, bare.due_at)
    assert steps.send(named, later, "").ticket == "1234"


STEPS: dict[str, Callable[[Letter], Letter]] = {
    "edit": lambda letter: steps.edit(letter, "Other"),
    "send": lambda letter: steps.send(letter, NOW),
    "answer": lambda letter: steps.answer(letter, NOW, Outcome.SOLVED),
    "drop": steps.drop,
}
ALLOWED = {
    LetterState.READY: {"edit", "send", "drop"},
    LetterState.SENT: {"send", "answer", "drop"},
    LetterState.ANSWERED: set[str](),
    LetterState.DROPPED: set[str](),
}


@for_each("name", STEPS)
@for_each("state", list(LetterState))
def test_a_step_that_is_too_late_is_refused(name: str, state: LetterState) -> None:
    letter = msgspec.structs.replace(
        REQUEST, state=state, open=state in (LetterState.READY, LetterState.SENT)
    )
    if name in ALLOWED[state]:
        STEPS[name](letter)
    else:
        with pytest.raises(UserError, match="L-4 can't be"):
            STEPS[name](letter)


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_whatever_people_press_an_ended_letter_asks_nothing(names: list[str]) -> None:
    letter = REQUEST
    for name in names:
        try:
            letter = STEPS[name](letter)
        except UserError:
            continue
    ended = letter.state in (LetterState.ANSWERED, LetterState.DROPPED)
    assert letter.open is not ended
    assert not (ended and steps.waits(letter, NOW + timedelta(days=400)))
    assert not (ended and may_remind(letter, NOW + timedelta(days=400)))


def test_what_stops_a_letter_stands_before_advice() -> None:
    advice, stop = Remark(rule="A", says="a", stops=False), Remark(rule="B", says="b")
    assert stops_first([advice, stop]) == (stop, advice)


def test_a_letter_says_what_it_is_about() -> None:
    assert (REQUEST.label, REQUEST.key) == ("L-4", "000004")
    assert REQUEST.about == "Something else"
    assert MESSAGE.about == "The order is late"
