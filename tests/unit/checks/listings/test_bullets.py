"""Bullets may be joined, split, counted and listed in another order; what they say must stay."""

from __future__ import annotations

from bot.core.findings import Severity
from tests.cases import for_each
from tests.unit.checks.listings.pages import changes

ONE, TWO, THREE = (
    "Turned from one piece of American walnut.",
    "Finished with food safe oil; no lacquer.",
    "CAUTION: Do not put it into the dishwasher.",
)
ALL = (ONE, TWO, THREE)


@for_each(
    "after",
    [
        (f"{ONE} {TWO}", THREE),
        ("<br>".join(ALL),),
        (ONE, "Finished with food safe oil", "no lacquer", THREE),
        (THREE, ONE, TWO),
        (THREE, f"{ONE}\n{TWO}"),
        tuple(f"\N{BULLET} {text.rstrip('.')}" for text in ALL),
        tuple(f"{number}. {text}" for number, text in enumerate(ALL, 1)),
        tuple(f"({number}) {text}" for number, text in enumerate(ALL, 1)),
        tuple(f"<li>{text.title()}</li>" for text in ALL),
        (*ALL, "", " \N{ZERO WIDTH SPACE}"),
    ],
)
def test_the_same_bullets_in_another_way_are_no_change(after: tuple[str, ...]) -> None:
    assert changes(bullets=(ALL, after)) == ()
    assert changes(bullets=(after, ALL)) == ()


@for_each(
    ("after", "summary"),
    [
        ((), "All bullets are gone"),
        ((ONE, TWO), "A bullet is gone"),
        ((ONE,), "2 bullets are gone"),
        ((*ALL, "Sold by nobody else."), "A bullet was added"),
        ((*ALL, "Sold by nobody else.", "Buy now."), "2 bullets were added"),
        ((ONE, TWO.replace("food safe", "mineral"), THREE), "A bullet changed"),
        ((THREE, ONE, "Lacquered."), "A bullet changed"),
        ((ONE, ONE, THREE), "A bullet is gone"),
        (("Other", "things"), "The bullets changed"),
        ((ONE, f"{TWO} {THREE.replace('not', 'now')}"), "The bullets changed"),
    ],
)
def test_other_bullets_are_a_warning(after: tuple[str, ...], summary: str) -> None:
    (change,) = changes(bullets=(ALL, after))
    assert (change.severity, change.summary) == (Severity.WARNING, summary)


def test_the_bullets_that_differ_stand_side_by_side_without_the_others() -> None:
    after = (THREE, ONE, TWO.replace("oil", "wax"))
    (change,) = changes(bullets=(ALL, after))
    assert (change.before, change.after) == (TWO, "Finished with food safe wax; no lacquer.")


def test_numbers_of_which_one_is_wrong_do_not_count_bullets() -> None:
    assert changes(bullets=(ALL, (f"1. {ONE}", f"2. {TWO}", f"4. {THREE}")))
