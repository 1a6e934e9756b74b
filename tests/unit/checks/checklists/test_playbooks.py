"""The playbooks: one for each kind of attack, with its steps in the order in which they help."""

from __future__ import annotations

import itertools

from bot.core.labeled import AttackKind
from bot.features.checklists.models.definitions import Checklist
from checks.checklists import shipped
from tests.cases import for_each

PLAYBOOKS = tuple(checklist for checklist in shipped() if checklist.attacks)
NOBODY_TO_TELL = {AttackKind.CLICK_FRAUD, AttackKind.PRICE_WAR, AttackKind.LEAKED_KEY}
"""Buyers notice none, so writing to them would only worry them; of a leak a lawyer decides."""

each = for_each("playbook", PLAYBOOKS, ids=lambda playbook: playbook.id)


def order(playbook: Checklist) -> list[str]:
    return [item.id for item in playbook.items]


def commands(playbook: Checklist) -> list[str]:
    return [item.command for item in playbook.items]


def test_every_kind_of_attack_has_one() -> None:
    kinds = [kind for playbook in PLAYBOOKS for kind in playbook.attacks]
    assert sorted(kinds) == sorted(AttackKind)


@each
def test_it_has_four_to_seven_steps(playbook: Checklist) -> None:
    assert 4 <= len(playbook.items) <= 7


@each
def test_evidence_is_kept_before_amazon_is_asked(playbook: Checklist) -> None:
    assert order(playbook).index("evidence") < commands(playbook).index("support")


@each
def test_it_ends_by_watching(playbook: Checklist) -> None:
    assert order(playbook)[-1] == "watch"


@each
def test_buyers_are_told_once_amazon_knows_unless_nothing_hit_them(playbook: Checklist) -> None:
    if set(playbook.attacks) & NOBODY_TO_TELL:
        assert "buyer" not in commands(playbook)
    else:
        assert commands(playbook).index("support") < commands(playbook).index("buyer")


def test_an_intruder_loses_the_money_then_the_way_in() -> None:
    [playbook] = [each for each in PLAYBOOKS if "intrusion" in each.attacks]
    assert order(playbook)[:4] == ["money", "lock-out", "users-and-apps", "evidence"]
    first = playbook.items[0]
    steps = " ".join(first.steps)
    assert first.minutes <= 10
    for word in ("screenshot", "Deposit Methods", "users who are not ours", "vacation"):
        assert word in steps
    assert "Revoke the authorization" in " ".join(playbook.items[2].steps)


def test_a_leaked_keys_authorization_is_revoked_before_the_key_is_rotated() -> None:
    [playbook] = [each for each in PLAYBOOKS if "leaked-key" in each.attacks]
    assert order(playbook)[:2] == ["revoke", "rotate"]


def test_a_listing_is_pictured_then_judged_then_acted_on() -> None:
    [playbook] = [each for each in PLAYBOOKS if "follow-up" in each.attacks]
    assert order(playbook)[:4] == ["evidence", "judge", "page", "report"]


def test_the_steps_that_matter_most_count_most() -> None:
    for playbook in PLAYBOOKS:
        weights = {item.id: item.weight for item in playbook.items}
        assert weights["watch"] <= min(weights["evidence"], 4), playbook.id


def test_no_two_of_them_are_called_alike() -> None:
    titles = [playbook.title for playbook in PLAYBOOKS]
    assert all(one != other for one, other in itertools.pairwise(sorted(titles)))
