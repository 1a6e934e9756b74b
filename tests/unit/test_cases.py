"""Many cases in one test: each one is tried, and each that fails is named."""

from __future__ import annotations

import inspect

import pytest

from tests.cases import for_each


def test_each_case_is_tried() -> None:
    tried: list[tuple[int, str]] = []

    @for_each("number", [1, 2])
    @for_each(("word",), [("a",), pytest.param("b", id="second")])
    def rule(number: int, word: str) -> None:
        tried.append((number, word))

    rule()
    assert tried == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]


def test_each_that_fails_is_named_by_its_values() -> None:
    @for_each("number, word", [(1, "a"), (2, "b"), (3, "c")], ids=["first", "second", "third"])
    def rule(number: int, word: str) -> None:
        assert number == 2

    with pytest.raises(ExceptionGroup, match="2 of 3 cases fail") as failed:
        rule()
    assert [each.__notes__ for each in failed.value.exceptions] == [
        ["Case 0 (first): number=1, word='a'"],
        ["Case 2 (third): number=3, word='c'"],
    ]


def test_an_error_says_in_which_case_it_came_up() -> None:
    @for_each("number", [1, 0], ids=str)
    def rule(number: int) -> None:
        assert 1 / number

    with pytest.raises(ZeroDivisionError) as failed:
        rule()
    assert failed.value.__notes__ == ["Case 1 (0): number=0"]


def test_an_exception_that_does_not_come_is_a_failure() -> None:
    @for_each("number", [0, 1])
    def rule(number: int) -> None:
        with pytest.raises(ZeroDivisionError):
            assert 1 / number

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        rule()


def test_fixtures_are_asked_for_as_before() -> None:
    @for_each("number", [1])
    def rule(number: int, tmp_path: str) -> None:
        assert tmp_path == "there"

    assert [*inspect.signature(rule).parameters] == ["tmp_path"]
    rule(tmp_path="there")


def test_no_case_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no case"):
        for_each("number", [])
