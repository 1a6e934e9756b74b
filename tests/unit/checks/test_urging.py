"""Products that are looked at before their turn, whatever else waits."""

from __future__ import annotations

from checks.agenda import Group, PollingAgenda, Urgency
from checks.urging import APART, AT_ONCE, MOST, Urging

GROUP = Group("na", "US", own=True)


class Passing:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def agenda_of(*keys: str) -> PollingAgenda:
    agenda = PollingAgenda()
    for key in keys:
        agenda.put(key, GROUP, Urgency.REGULAR, 500.0)
    return agenda


def answered(agenda: PollingAgenda, urging: Urging, key: str, *, seen: bool = True) -> None:
    """Let the product be asked for, and put back for its next turn."""
    agenda.put(key, GROUP, Urgency.REGULAR, 900.0)
    urging.looked(key, seen=seen)


def ahead(agenda: PollingAgenda) -> list[str]:
    return [key for _, key in agenda.first(GROUP, Urgency.DEMAND, 1e9, 100)]


def test_it_is_looked_at_before_its_turn_and_once() -> None:
    agenda, passing = agenda_of("a", "b"), Passing()
    urging = Urging(agenda, passing)
    urging.want("a", under_way=False)
    urging.want("a", under_way=False)
    urging.place()
    assert ahead(agenda) == ["a"]
    answered(agenda, urging, "a")
    urging.place()
    assert ahead(agenda) == []
    assert len(urging) == 0


def test_an_answer_that_was_under_way_already_is_not_enough() -> None:
    agenda, passing = agenda_of("a"), Passing()
    urging = Urging(agenda, passing)
    agenda.remove("a")
    urging.want("a", under_way=True)
    urging.place()
    answered(agenda, urging, "a")
    urging.place()
    assert ahead(agenda) == ["a"]


def test_one_in_doubt_keeps_its_place_and_its_confirmation_is_the_look() -> None:
    agenda, passing = agenda_of("a"), Passing()
    urging = Urging(agenda, passing)
    agenda.put("a", GROUP, Urgency.CONFIRMATION, 130.0)
    urging.want("a", under_way=False)
    urging.place()
    assert agenda.first(GROUP, Urgency.CONFIRMATION, 200.0, 5) == [(130.0, "a")]
    answered(agenda, urging, "a")
    assert len(urging) == 0


def test_a_flood_leaves_the_others_their_places() -> None:
    keys = [f"k{number}" for number in range(100)]
    agenda, passing = agenda_of(*keys), Passing()
    urging = Urging(agenda, passing)
    for key in keys:
        urging.want(key, under_way=False)
    urging.place()
    urging.place()
    assert ahead(agenda) == sorted(keys[:AT_ONCE])
    answered(agenda, urging, keys[0])
    urging.place()
    assert set(ahead(agenda)) == set(keys[1 : AT_ONCE + 1])


def test_what_changes_all_the_time_is_not_looked_at_all_the_time() -> None:
    agenda, passing = agenda_of("a"), Passing()
    urging = Urging(agenda, passing)
    urging.want("a", under_way=False)
    urging.place()
    answered(agenda, urging, "a")
    urging.want("a", under_way=False)
    urging.place()
    assert ahead(agenda) == []
    passing.now += APART
    urging.place()
    assert ahead(agenda) == ["a"]


def test_a_look_that_failed_is_owed() -> None:
    agenda, passing = agenda_of("a"), Passing()
    urging = Urging(agenda, passing)
    urging.want("a", under_way=False)
    urging.place()
    answered(agenda, urging, "a", seen=False)
    urging.place()
    assert ahead(agenda) == []
    passing.now += APART
    urging.place()
    assert ahead(agenda) == ["a"]


def test_what_is_forgotten_is_not_looked_at() -> None:
    agenda, passing = agenda_of("a"), Passing()
    urging = Urging(agenda, passing)
    urging.want("a", under_way=False)
    urging.forget("a")
    urging.place()
    assert ahead(agenda) == []


def test_more_than_can_ever_be_looked_at_is_not_remembered() -> None:
    agenda, passing = agenda_of(), Passing()
    urging = Urging(agenda, passing)
    for number in range(MOST + 10):
        urging.want(str(number), under_way=False)
    assert len(urging) == MOST
