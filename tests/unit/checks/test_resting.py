"""Products that rest come back in time, each once, and with their turns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.resting import Resting


def test_they_come_back_when_they_have_rested() -> None:
    resting = Resting()
    resting.put("b", 5.0, 1.0)
    resting.put("a", 3.0, 2.0)
    assert [*resting.rested(2.9)] == []
    assert [*resting.rested(3.0)] == [("a", 2.0)]
    assert "a" not in resting
    assert "b" in resting
    assert [*resting.rested(9.0)] == [("b", 1.0)]


def test_one_that_was_taken_out_comes_back_no_more() -> None:
    resting = Resting()
    resting.put("a", 3.0, 1.0)
    resting.remove("a")
    resting.remove("unknown")
    assert [*resting.rested(9.0)] == []
    resting.put("a", 3.0, 1.0)
    resting.remove("a")
    resting.put("a", 12.0, 2.0)
    assert [*resting.rested(9.0)] == []
    assert [*resting.rested(12.0)] == [("a", 2.0)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.booleans())))
def test_each_comes_back_once_by_what_was_said_last(
    steps: list[tuple[str, int, bool]],
) -> None:
    resting, last = Resting(), dict[str, int]()
    for key, until, goes in steps:
        if goes:
            resting.remove(key)
            last.pop(key, None)
        else:
            resting.put(key, float(until), 0.0)
            last[key] = until
    early = {key for key, _ in resting.rested(4.0)}
    assert early == {key for key, until in last.items() if until <= 4}
    assert {key for key, _ in resting.rested(9.0)} == last.keys() - early
