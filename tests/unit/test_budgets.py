"""What a run says of its budgets: the folder that is over, and the test that breaks it."""

from __future__ import annotations

from pathlib import Path

from tests.budgets import BUDGETS, Cost, folder_of, told

RULE = "tests/unit/core/test_money.py::test_a_sum"
STORE = "tests/unit/adapters/storage/test_log.py::test_a_line[7]"
COSTS = {
    RULE: Cost(3, 1),
    STORE: Cost(9, 5),
    "tests/unit/core/test_text.py::test_a_word": Cost(1, 1),
}


def test_folders_are_printed_with_what_they_took_and_may_take() -> None:
    lines = list(told(COSTS, {RULE}, {"tests/unit/core": 40, "tests/unit/adapters": 90}))
    assert [line.split() for line in lines[:4]] == [
        ["tests/unit/adapters", "1", "tests", "9.0", "s", "of", "90"],
        ["tests/unit/core", "2", "tests", "4.0", "s", "of", "40"],
        ["pure", "1", "tests", "3.0", "s", "of", "20"],
        ["all", "3", "tests", "13.0", "s"],
    ]


def test_the_test_that_breaks_a_budget_is_named() -> None:
    lines = list(told(COSTS, set(), {"tests/unit/core": 3.5, "tests/unit/adapters": 90}))
    [over] = [line for line in lines if line.startswith("OVER")]
    assert over == f"OVER its budget: the slowest is {RULE} (3.0 s)"


def test_a_test_that_is_too_slow_by_the_clock_is_named() -> None:
    lines = list(told(COSTS, set(), {"tests/unit/core": 40}))
    assert lines[-1] == f"Slow: {STORE} took 5.0 s; make it quicker, or mark it ci"


def test_a_whole_run_has_no_budget() -> None:
    assert not [line for line in told(COSTS, set(), {}) if " of " in line or "Slow" in line]


def test_a_test_counts_for_the_innermost_folder_that_has_a_budget() -> None:
    assert folder_of(STORE) == "tests/unit/adapters"
    assert folder_of("tests/unit/test_names.py::test_a_name") == "tests/unit"
    assert folder_of("tests/browser/test_forms.py::test_a_form") == "tests/browser"


def test_every_budget_is_for_a_folder() -> None:
    root = Path(__file__).parents[2]
    assert [folder for folder in BUDGETS if not (root / folder).is_dir()] == []
