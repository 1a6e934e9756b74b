"""What is given from outside is found by who needs it; what is not given has a stand-in."""

from __future__ import annotations

from bot.core.resources import Resource, Resources

NAME = Resource[str]("name", "nobody")
OTHER = Resource[str]("name", "somebody else")
"""Called the same, and another thing nevertheless."""


def test_what_is_given_is_found_and_what_is_not_has_a_stand_in() -> None:
    given = Resources().having(NAME, "Ana")
    assert (given[NAME], given[OTHER]) == ("Ana", "somebody else")


def test_having_one_more_leaves_the_first_as_they_were() -> None:
    first = Resources({NAME: "Ana"})
    second = first.having(NAME, "Ben").having(OTHER, "Cem")
    assert (first[NAME], first[OTHER]) == ("Ana", "somebody else")
    assert (second[NAME], second[OTHER]) == ("Ben", "Cem")
