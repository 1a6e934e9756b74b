"""Two accounts may be one human's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.permissions import Identities
from tests.cases import for_each

CHATS = {"U1": "far", "U2": "far", "1": "near", "2": "near", "you": "page"}
ANA, BEN, ME = frozenset({"U1", "1"}), frozenset({"U2", "2"}), frozenset({"YOU"})
IDS = st.sampled_from([*CHATS, "U9"])
HUMANS = st.sampled_from([(), (ANA,), (ANA, BEN), (ANA | ME,), (ANA | ME, BEN), (ME,), (ANA, ME)])


@for_each(
    ("humans", "one", "other", "two"),
    [
        ((), "U1", "U1", False),
        ((), "U1", "U2", True),
        ((), "U1", "1", False),
        ((), "U1", "you", False),
        ((), "U1", "gone", True),
        ((ANA,), "U1", "1", False),
        ((ANA,), "U1", "2", True),
        ((ANA,), "1", "U2", True),
        ((ANA,), "U1", "you", False),
        ((ANA, BEN), "U1", "2", True),
        ((ANA, ME), "U1", "you", True),
        ((ME,), "U1", "you", False),
        ((ANA | ME,), "U2", "you", True),
        ((ANA | ME,), "U1", "you", False),
    ],
)
def test_ids_are_those_of_two_humans_where_that_is_known(
    humans: tuple[frozenset[str], ...], one: str, other: str, two: bool
) -> None:
    assert Identities(humans).are_two(one, other, CHATS) is two


@given(HUMANS, IDS, IDS)
def test_it_does_not_matter_who_is_named_first(
    humans: tuple[frozenset[str], ...], one: str, other: str
) -> None:
    known = Identities(humans)
    two = known.are_two(one, other, CHATS)
    assert two is known.are_two(other, one, CHATS)
    assert not (two and known.of(one) == known.of(other))
    assert known.count([one, other]) == len({known.of(one), known.of(other)})
