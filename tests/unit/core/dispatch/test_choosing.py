"""What goes next: alerts first, each thread in order, and nothing waits for what cannot go."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import Card
from bot.core.dispatch.choosing import STUBBORN, SendingState, choose, held, holds
from bot.core.dispatch.messages import Op, OutboxMessage, Rank
from tests.fakes import START

CARD = Card(title="Hello")


def row(  # what a test says of a row
    number: int,
    message: str,
    *,
    thread: str = "",
    op: Op = Op.POST,
    rank: Rank = Rank.THREAD,
    quiet: bool = False,
    refused: int = 0,
    minutes: int = 0,
) -> OutboxMessage:
    return OutboxMessage(
        chat="web",
        sequence=f"{number:020d}",
        message=message,
        op=op,
        card=CARD,
        thread=thread,
        editable="/" not in message,
        rank=rank,
        quiet=quiet,
        refused=refused,
        written_at=START - timedelta(minutes=minutes),
    )


def moment(*, quiet: bool = False, pausing: frozenset[str] = frozenset()) -> SendingState:
    return SendingState(START, quiet=quiet, due=lambda each: each.sequence not in pausing)


@st.composite
def backlogs(draw: st.DrawFn) -> list[OutboxMessage]:
    heads = draw(st.lists(st.sampled_from(["A", "B", "C"]), unique=True))
    rows: list[OutboxMessage] = []
    for number in range(draw(st.integers(0, 25))):
        thread = draw(st.sampled_from(["A", "B", "C"]))
        kind = draw(st.sampled_from(["head", "line", "edit"]))
        known = {each.thread or each.message for each in rows if each.op is Op.POST}
        quiet, minutes = draw(st.booleans()), draw(st.integers(0, 20))
        if kind == "head" and thread in heads and thread not in known:
            rows.append(row(number, thread, rank=Rank.ALERT, quiet=quiet, minutes=minutes))
        elif kind == "edit" and thread not in {each.message for each in rows}:
            rows.append(row(number, thread, op=Op.EDIT, rank=Rank.HEADLINE, minutes=0))
        elif kind == "line":
            rank = draw(st.sampled_from([Rank.ALERT, Rank.THREAD]))
            refused = draw(st.integers(0, STUBBORN))
            name = f"{thread}/{number}"
            line = row(number, name, thread=thread, rank=rank, quiet=quiet, minutes=minutes)
            rows.append(msgspec.structs.replace(line, refused=refused))
    return rows


@given(backlogs(), st.booleans(), st.data())
def test_whatever_waits_each_thread_stays_in_order_and_what_may_go_goes(
    rows: list[OutboxMessage], quiet: bool, data: st.DataObject
) -> None:
    tickets = [each.sequence for each in rows]
    pausing = frozenset(data.draw(st.sets(st.sampled_from(tickets)))) if tickets else frozenset()
    now = moment(quiet=quiet, pausing=pausing)
    chosen = choose(rows, now, len(rows))
    assert not {each.sequence for each in chosen} & pausing
    needed = {each.thread for each in rows if not held(each, now)}
    for each in chosen:
        assert not held(each, now) or each.message in needed
        before = [
            other
            for other in rows
            if other.ordering_key == each.ordering_key and other.sequence < each.sequence
        ]
        for other in before:
            if other in chosen:
                assert chosen.index(other) < chosen.index(each)
            elif not held(other, now):
                # It waits for another try, and is known to hold nothing up.
                assert not holds(other)
    # What is left either is held, pauses, or stands behind something that does.
    stuck = {
        each.ordering_key
        for each in rows
        if each.sequence in pausing and (holds(each) or each.editable) and not held(each, now)
    } | {each.ordering_key for each in rows if each.editable and each not in chosen}
    for each in rows:
        if each not in chosen and not held(each, now) and each.sequence not in pausing:
            behind = {each.ordering_key, f"thread {each.message}"}
            assert behind & stuck, each


def test_alerts_go_before_headlines_and_headlines_before_threads() -> None:
    rows = [
        row(1, "A/1", thread="A"),
        row(2, "A", op=Op.EDIT, rank=Rank.HEADLINE),
        row(3, "B", rank=Rank.ALERT),
    ]
    assert [each.message for each in choose(rows, moment(), 9)] == ["B", "A", "A/1"]


def test_a_line_of_a_thread_waits_ten_minutes_behind_alerts_at_the_most() -> None:
    old = row(1, "A/1", thread="A", minutes=10)
    alerts = [row(number, f"B{number}", rank=Rank.ALERT) for number in range(2, 99)]
    assert choose([old, *alerts], moment(), 1) == [old]
    young = row(1, "A/1", thread="A", minutes=9)
    assert choose([young, *alerts], moment(), 1) == alerts[:1]


def test_an_urgent_line_takes_what_it_follows_along() -> None:
    rows = [
        row(1, "A/1", thread="A"),
        row(2, "B", rank=Rank.ALERT),
        row(3, "A/2", thread="A", rank=Rank.ALERT),
    ]
    assert [each.message for each in choose(rows, moment(), 2)] == ["A/1", "B"]


def test_a_held_line_holds_nothing_else() -> None:
    rows = [row(1, "A/1", thread="A", quiet=True), row(2, "A/2", thread="A")]
    assert choose(rows, moment(quiet=True), 9) == rows[1:]
    assert choose(rows, moment(), 9) == rows


def test_a_held_head_goes_when_something_in_its_thread_goes() -> None:
    head, line = row(1, "A", quiet=True, rank=Rank.ALERT), row(2, "A/1", thread="A")
    assert choose([head, line], moment(quiet=True), 9) == [head, line]
    assert choose([head], moment(quiet=True), 9) == []


def test_an_edit_that_pauses_lets_the_thread_go_on() -> None:
    edit, line = row(1, "A", op=Op.EDIT), row(2, "A/1", thread="A")
    assert choose([edit, line], moment(pausing=frozenset({edit.sequence})), 9) == [line]


def test_a_head_that_is_refused_again_and_again_lets_its_thread_go_on() -> None:
    head, line = row(1, "A", refused=STUBBORN), row(2, "A/1", thread="A")
    assert choose([head, line], moment(pausing=frozenset({head.sequence})), 9) == [line]
    young = row(1, "A", refused=STUBBORN - 1)
    assert choose([young, line], moment(pausing=frozenset({young.sequence})), 9) == []


def test_what_was_written_before_its_head_waits_for_it() -> None:
    line, change, head = row(1, "A/1", thread="A"), row(2, "A", op=Op.EDIT), row(3, "A")
    assert choose([line, change, head], moment(), 5) == [head]
    assert choose([line, change], moment(), 5) == [line, change]
