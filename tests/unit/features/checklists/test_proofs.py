"""Reading what somebody gave as a proof; no secret gets in."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.rules.proofs import ENTRIES, proof_words, read_count, read_entries
from tests.unit.features.checklists.samples import users


def test_a_list_is_tidied() -> None:
    proof = read_entries(ProofKind.USERS, "- Ana  Maria\n\n• ben\n* BEN\n")
    assert proof.entries == ("Ana Maria", "ben")
    assert proof_words(proof) == "2 users"


def test_an_empty_list_is_said_in_words() -> None:
    assert read_entries(ProofKind.APPS, "None").entries == ()
    assert read_entries(ProofKind.APPS, "none\nRepricer").entries == ("none", "Repricer")


@pytest.mark.parametrize(
    "secret",
    [
        "amzn1.oa2-cs.v1.0123456789abcdef",
        "Atzr|IwEBIJ0123456789",
        "AKIAIOSFODNN7EXAMPLE",
        "xoxb-1234567890-abcdefghij",
        "-----BEGIN RSA PRIVATE KEY-----",
        "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12",
        "password: hunter2!",
    ],
)
def test_what_looks_like_a_secret_is_refused_and_never_repeated(secret: str) -> None:
    with pytest.raises(UserError) as refused:
        read_entries(ProofKind.APPS, f"Repricer\n{secret}")
    assert str(refused.value).startswith("Line 2 looks like ")
    assert secret[-8:] not in str(refused.value)


@pytest.mark.parametrize("text", ["", " \n-\n", "x" * 121, "\n".join(map(str, range(ENTRIES + 1)))])
def test_what_is_no_list_of_names_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_entries(ProofKind.USERS, text)


def test_a_count_is_a_whole_number() -> None:
    assert read_count("1,234").number == 1234
    for wrong in ("", "-3", "3.5", "many", "9" * 10):
        with pytest.raises(UserError):
            read_count(wrong)


def test_one_user_is_not_users() -> None:
    assert proof_words(users("ana")) == "1 user"
