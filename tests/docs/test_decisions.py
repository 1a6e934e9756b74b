"""docs/adr: each decision has the template's form and stands in the index as it is."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cases import for_each

FOLDER = Path(__file__).parents[2] / "docs" / "adr"
DECISIONS = {int(page.name[:4]): page for page in sorted(FOLDER.glob("[0-9]*.md"))}
INDEX = (FOLDER / "README.md").read_text("utf-8")
OPTIONAL = ["Not chosen"]

_STATUS = re.compile(
    r"Accepted on \d{4}-\d\d-\d\d\."
    r"( (Changes|Changed by|Replaces|Replaced by) \[\d+\]\([^)]+\)(, \[\d+\]\([^)]+\))*\.)*"
)
_OTHERS = re.compile(r"\[(\d+)\]\(([^)]+)\)")


def headings(text: str) -> list[str]:
    """Return the titles of a page's sections."""
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def title(page: Path) -> tuple[int, str]:
    """Return the number and the words of a page's title."""
    found = re.match(r"# (\d+)\. (.+)\n", page.read_text("utf-8"))
    assert found, page.name
    return int(found[1]), found[2]


def status(page: Path) -> str:
    """Return what stands behind 'Status:', right below the title."""
    lines = page.read_text("utf-8").splitlines()
    assert lines[2].startswith("Status: "), page.name
    return lines[2].removeprefix("Status: ")


def test_numbers_run_without_a_gap() -> None:
    assert list(DECISIONS) == list(range(1, len(DECISIONS) + 1))


@for_each("number", DECISIONS)
def test_a_decision_has_the_form_of_the_template(number: int) -> None:
    page = DECISIONS[number]
    wanted = headings((FOLDER / "template.md").read_text("utf-8"))
    found = headings(page.read_text("utf-8"))
    assert title(page)[0] == number
    assert _STATUS.fullmatch(status(page)), status(page)
    assert found in (wanted, [each for each in wanted if each not in OPTIONAL])


def test_the_index_lists_each_decision_with_its_status() -> None:
    rows = [line for line in INDEX.splitlines() if line.startswith("| [")]
    assert rows == [
        f"| [{number}]({page.name}) | {title(page)[1]} | {status(page)} |"
        for number, page in DECISIONS.items()
    ]


@for_each("number", DECISIONS)
@for_each(("here", "there"), [("Change", "Changed by"), ("Replace", "Replaced by")])
def test_what_changes_another_is_named_there(number: int, here: str, there: str) -> None:
    for sentence in status(DECISIONS[number]).split(". "):
        if sentence.startswith(f"{here}s "):
            for other, file in _OTHERS.findall(sentence):
                assert DECISIONS[int(other)].name == file
                assert re.search(rf"{there} .*\[{number}\]", status(DECISIONS[int(other)]))
