"""Where alerts go, and where they went."""

from __future__ import annotations

import pytest

from bot.core.channels import ChannelBinding
from bot.core.permissions import Role, Roster


def test_buttons_of_a_former_channel_still_belong_to_the_team() -> None:
    room = ChannelBinding(chat="far", channel="one").moved("two", "Two").moved("three", "Three")
    assert (room.channel, room.former) == ("three", ("two", "one"))
    assert room.knows("one")
    assert not room.knows("four")


def test_a_channel_that_alerts_return_to_is_former_no_more() -> None:
    room = ChannelBinding(chat="far", channel="one").moved("two", "Two").moved("one", "One")
    assert (room.channel, room.former) == ("one", ("two",))


def test_a_room_without_a_channel_knows_none() -> None:
    room = ChannelBinding(chat="far").moved("one", "One")
    assert room.former == ()


@pytest.mark.parametrize(
    ("person", "natural", "role"),
    [
        ("U1", Role.MEMBER, Role.ADMIN),
        ("U2", Role.ADMIN, Role.VIEWER),
        ("U3", Role.ADMIN, Role.VIEWER),
        ("U4", Role.MEMBER, Role.MEMBER),
        ("U4", Role.VIEWER, Role.VIEWER),
    ],
)
def test_the_owner_has_the_last_word_on_roles_and_the_least_of_two(
    person: str, natural: Role, role: Role
) -> None:
    roster = Roster(admins=frozenset({"U1", "U3"}), viewers=frozenset({"U2", "U3"}))
    assert roster.role(person, natural) is role
