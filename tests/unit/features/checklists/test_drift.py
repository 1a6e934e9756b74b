"""How a proof differs from the last one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.files import Upload
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Proof, ProofDiff
from bot.features.checklists.rules.proof_diff import FIRST, NAMED, proof_diff
from bot.features.checklists.rules.proofs import read_entries, same
from tests.unit.features.checklists.samples import users

NAMES = st.lists(
    st.text("abcdefg -", min_size=1, max_size=8).filter(lambda name: same(name.strip(" -"))),
    min_size=1,
    max_size=12,
    unique_by=lambda name: same(name.strip(" -")),
)


@given(names=NAMES, order=st.randoms(use_true_random=False), upper=st.booleans())
def test_order_case_and_blanks_make_no_drift(names: list[str], order: object, upper: bool) -> None:
    mixed = list(names)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    told = "\n".join(f"  {name.upper() if upper else name}  \n" for name in mixed)
    before = read_entries(ProofKind.USERS, "\n".join(names))
    assert proof_diff(before, read_entries(ProofKind.USERS, told)) == ProofDiff()


@given(before=NAMES, after=NAMES)
def test_what_was_added_and_removed_is_exact(before: list[str], after: list[str]) -> None:
    old, new = (read_entries(ProofKind.APPS, "\n".join(names)) for names in (before, after))
    found = proof_diff(old, new)
    had, has = ({same(each) for each in proof.entries} for proof in (old, new))
    assert {same(each) for each in found.added} == has - had
    assert {same(each) for each in found.removed} == had - has
    assert found.alarming is (had != has)
    assert bool(found.says) is found.alarming


def test_a_user_nobody_knew_is_named() -> None:
    found = proof_diff(users("ana", "ben"), users("Ben", "temp-va", "ANA"))
    assert found.says == "1 user new since the last review: temp-va."


def test_who_is_gone_is_named_too() -> None:
    found = proof_diff(users("ana", "ben"), users("eve"))
    assert found.says == (
        "1 user new since the last review: eve. 2 users gone since the last review: ana, ben."
    )


def test_of_many_the_first_few_are_named() -> None:
    found = proof_diff(users("ana"), users("ana", *(f"user{place}" for place in range(9))))
    assert found.says.endswith(f"user4 and {9 - NAMED} more.")


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(10, 16, True), (10, 15, False), (10, 4, True), (1, 3, False), (0, 3, True), (7, 7, False)],
)
def test_a_count_jumps_by_more_than_half_and_more_than_two(
    before: int, now: int, told: bool
) -> None:
    proofs = (Proof(kind=ProofKind.COUNT, number=number) for number in (before, now))
    assert proof_diff(*proofs).alarming is told


@pytest.mark.parametrize(
    ("now", "told"), [("2027-11-02", False), ("2027-11-01", True), ("2027-10-31", True)]
)
def test_a_day_should_move_on(now: str, told: bool) -> None:
    days = (date(2027, 11, 1), date.fromisoformat(now))
    assert proof_diff(*(Proof(kind=ProofKind.DATE, day=day) for day in days)).alarming is told


def test_the_same_file_again_shows_nothing() -> None:
    one, two = (
        Proof(kind=ProofKind.FILE, file=Upload("page.png", "image/png", 1, content))
        for content in ("ab" * 32, "cd" * 32)
    )
    assert proof_diff(one, one).says == "It is the same file as in the last review."
    assert proof_diff(one, two) == ProofDiff()


def test_the_first_proof_and_one_of_another_kind_have_nothing_to_compare() -> None:
    assert proof_diff(None, users("ana")) == FIRST
    assert proof_diff(Proof(kind=ProofKind.COUNT, number=3), users("ana")) == FIRST
    assert not FIRST.alarming
