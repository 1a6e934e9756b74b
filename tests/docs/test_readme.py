"""README.md counts right, and names things once."""

from __future__ import annotations

from pathlib import Path

from checks.checklists import shipped

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
NUMBERS = [
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
]


def test_it_says_how_many_checklists_and_playbooks_there_are() -> None:
    recurring = sum(bool(each.cadence) for each in shipped())
    playbooks = len(shipped()) - recurring
    said = f"{NUMBERS[recurring]} checklists and {NUMBERS[playbooks]} playbooks are built in"
    assert said.capitalize() in README


def test_it_gives_amazons_other_name_of_the_buy_box_once_where_that_comes_first() -> None:
    assert README.count("Featured Offer") == 1
    assert README.index("Featured Offer") < README.index("Buy Box", README.index("Buy Box") + 1)
