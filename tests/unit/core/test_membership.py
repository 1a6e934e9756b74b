"""Who belongs to the team, by what a chat knows of them."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.channel_bindings import open_room
from bot.core.collections import CHANNEL_BINDINGS
from bot.core.gateway import ChatGateway
from bot.core.membership import Access, Affiliation, Reach, natural_access, refusal
from bot.core.permissions import Permission, Role, Roster
from tests.cases import for_each
from tests.unit.conftest import Team

KNOWN = st.builds(
    Affiliation,
    reach=st.sampled_from(Reach),
    inside=st.sampled_from([True, False, None]),
    leads=st.booleans(),
    guest=st.booleans(),
    named=st.sampled_from([True, False, None]),
)


def closed(**known: bool | None) -> Affiliation:
    return msgspec.structs.replace(Affiliation(reach=Reach.CLOSED), **known)


def opened(**known: bool | None) -> Affiliation:
    return msgspec.structs.replace(Affiliation(reach=Reach.OPEN), **known)


@for_each(
    ("known", "role"),
    [
        (closed(inside=True), Role.MEMBER),
        (closed(inside=True, guest=True), Role.VIEWER),
        (closed(inside=True, leads=True), Role.ADMIN),
        (closed(leads=True), Role.NOBODY),
        (closed(leads=True, named=True), Role.MEMBER),
        (closed(named=True, guest=True), Role.MEMBER),
        (closed(), Role.NOBODY),
        (closed(inside=None), Role.NOBODY),
        (closed(inside=None, leads=True), Role.NOBODY),
        (opened(inside=True), Role.NOBODY),
        (opened(inside=True, guest=True), Role.NOBODY),
        (opened(leads=True), Role.ADMIN),
        (opened(named=True), Role.MEMBER),
        (Affiliation(reach=Reach.UNSET, leads=True), Role.ADMIN),
        (Affiliation(reach=Reach.UNSET), Role.NOBODY),
        (Affiliation(reach=Reach.LOST, leads=True), Role.ADMIN),
        (Affiliation(reach=Reach.LOST, inside=True), Role.NOBODY),
        (Affiliation(reach=Reach.UNKNOWN, leads=True, inside=True), Role.NOBODY),
        (Affiliation(reach=Reach.UNKNOWN, named=True), Role.MEMBER),
    ],
)
def test_a_role_follows_from_what_a_chat_knows(known: Affiliation, role: Role) -> None:
    access = natural_access(known)
    assert access.role is role
    assert (access.barred is None) is (role is not Role.NOBODY)


@given(KNOWN)
def test_what_could_not_be_asked_gives_no_more_than_a_no(known: Affiliation) -> None:
    denied = msgspec.structs.replace(known, inside=bool(known.inside), named=bool(known.named))
    assert natural_access(known).role is natural_access(denied).role
    unknown = msgspec.structs.replace(known, reach=Reach.UNKNOWN)
    assert natural_access(unknown).role is (Role.MEMBER if known.named else Role.NOBODY)


@given(KNOWN)
def test_only_who_is_let_in_or_leads_gets_in(known: Affiliation) -> None:
    stranger = msgspec.structs.replace(known, inside=False, leads=False, named=False)
    assert natural_access(stranger).role is Role.NOBODY


@given(KNOWN)
def test_who_could_not_be_asked_about_hears_that_and_no_false_no(known: Affiliation) -> None:
    access = natural_access(known)
    if access.role is Role.NOBODY:
        asked = known.named is not None and not (
            known.reach is Reach.CLOSED and known.inside is None
        )
        assert access.barred is (known.reach if asked else Reach.UNKNOWN)


@pytest.mark.parametrize(
    ("barred", "says"),
    [
        (None, "Only members of #alerts can use Brandwarden here. Ask an admin to add you to"),
        (Reach.CLOSED, "Only members of #alerts can use Brandwarden here."),
        (
            Reach.OPEN,
            "Ask an admin to list you, or to make that channel private.",
        ),
        (Reach.UNSET, "Ask an admin to type /settings channel here"),
        (Reach.LOST, "Brandwarden can no longer see #alerts"),
        (Reach.UNKNOWN, "Could not check whether you are a member of #alerts. Try again"),
    ],
)
def test_a_stranger_hears_why_and_what_to_do(barred: Reach | None, says: str) -> None:
    assert says in refusal(barred, "alerts")
    assert "#" not in refusal(barred, "")


@pytest.mark.parametrize("natural", Role)
def test_nobody_can_do_nothing_and_each_role_what_the_one_before_can(natural: Role) -> None:
    assert not any(Role.NOBODY.can(each) for each in Permission)
    for each in Permission:
        assert all(higher.can(each) for higher in Role if natural.can(each) and higher >= natural)


@pytest.mark.parametrize(
    ("person", "natural", "role"),
    [
        ("U1", Role.NOBODY, Role.MEMBER),
        ("U1", Role.VIEWER, Role.MEMBER),
        ("U1", Role.ADMIN, Role.ADMIN),
        ("U2", Role.ADMIN, Role.VIEWER),
        ("U3", Role.NOBODY, Role.ADMIN),
        ("U4", Role.NOBODY, Role.NOBODY),
    ],
)
def test_who_is_named_as_a_member_is_one_at_least(person: str, natural: Role, role: Role) -> None:
    roster = Roster(
        members=frozenset({"U1", "U2", "U3"}), viewers=frozenset({"U2"}), admins=frozenset({"U3"})
    )
    assert roster.role(person, natural) is role


async def test_whether_everybody_reads_the_channel_is_kept_for_the_settings(team: Team) -> None:
    await open_room(team.app.store, "far", "T1", "alerts")
    gateway = ChatGateway(team.app, team.router, Roster(members=frozenset({"U1"})))

    async def noted(reach: Reach) -> bool:
        access = await gateway.access("far", "U1", Affiliation(reach=reach))
        assert access == Access(Role.MEMBER)
        room = await team.app.store.get(CHANNEL_BINDINGS, "far")
        assert room is not None
        return room.open

    assert await noted(Reach.OPEN)
    assert await noted(Reach.UNKNOWN)
    assert not await noted(Reach.CLOSED)
    assert await gateway.access("far", "U2", opened()) == Access(Role.NOBODY, Reach.OPEN)


async def test_no_name_is_offered_to_a_stranger(team: Team) -> None:
    gateway = ChatGateway(team.app, team.router, Roster())
    assert await gateway.suggest(Role.VIEWER, "product", "pan")
    assert await gateway.suggest(Role.NOBODY, "product", "pan") == []
