"""People: which ids are one human's, and what their role lets them do."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bot.core.interface import tr, tr_data
from bot.core.labeled import LabeledEnum
from bot.errors import NotAllowed


class Role(enum.IntEnum):
    """What a person may do; each role includes the ones before it."""

    NOBODY = 0
    """May read and do nothing."""
    VIEWER = 1
    MEMBER = 2
    ADMIN = 3

    @property
    def label(self) -> str:
        """The role as people read it."""
        return self.name.lower()

    @property
    def said(self) -> str:
        """The label in the language of the interface."""
        return tr_data(self.label)

    @property
    def holders(self) -> str:
        """Those who have the role, in the language of the interface: ``admins``."""
        return tr_data(f"{self.label}s")

    def can(self, permission: Permission) -> bool:
        """Tell whether the role has the permission."""
        return self >= NEEDED[permission]

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the role has the permission."""
        if not self.can(permission):
            raise NotAllowed(self.refusal(permission), permission=permission)

    def refusal(self, permission: Permission, names: Sequence[str] = ()) -> str:
        """Say to who lacks the permission who has it; ``names`` are of some who do."""
        holders, do = NEEDED[permission].holders, permission.said
        if names:
            return tr(
                "Only {holders} can {do}. Your role is {role}. Ask {names}.",
                holders=holders,
                do=do,
                role=self.said,
                names=", ".join(names),
            )
        return tr(
            "Only {holders} can {do}. Your role is {role}. Ask an admin on your team.",
            holders=holders,
            do=do,
            role=self.said,
        )

    def barred(self, permission: Permission) -> str:
        """Say in short why the role cannot press what needs the permission; empty: it can."""
        if self.can(permission):
            return ""
        return tr(
            "Only {holders} can {do}.", holders=NEEDED[permission].holders, do=permission.said
        )


class Person(msgspec.Struct, frozen=True):
    """Somebody in the chat. ``id`` is the chat's own; ``name`` is what people see."""

    id: str
    name: str


class Permission(LabeledEnum):
    """Something that not everybody may do."""

    READ = "read", "view this"
    WORK_CASES = "work cases", "work on cases"
    WATCH = "watch products", "watch products"
    UNWATCH = "stop watching products", "stop watching products"
    AUTHORISE = "authorize sellers", "authorize sellers"
    CONFIGURE = "change settings", "change settings"


class Roster(msgspec.Struct, frozen=True):
    """Whose role the owner set, by the chat's id of the person."""

    admins: frozenset[str] = frozenset()
    viewers: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    """Are members at least."""

    def role(self, id: str, natural: Role) -> Role:
        """Return the person's role; ``natural`` is what the chat itself makes of them."""
        if id in self.viewers:
            return Role.VIEWER
        if id in self.admins:
            return Role.ADMIN
        return max(natural, Role.MEMBER) if id in self.members else natural


NEEDED: dict[Permission, Role] = {
    Permission.READ: Role.VIEWER,
    Permission.WORK_CASES: Role.MEMBER,
    Permission.WATCH: Role.MEMBER,
    Permission.UNWATCH: Role.ADMIN,
    Permission.AUTHORISE: Role.ADMIN,
    Permission.CONFIGURE: Role.ADMIN,
}
"""The least role for each right."""


class Identities(msgspec.Struct, frozen=True):
    """What the owner said of ids that one human has in several chats."""

    humans: tuple[frozenset[str], ...] = ()
    """The ids of each, in capitals. One id alone says: this is a human of their own."""

    def of(self, id: str) -> frozenset[str]:
        """Return all ids of the human who has this one, in capitals."""
        known = id.upper()
        return next((human for human in self.humans if known in human), frozenset({known}))

    def are_one(self, one: str, other: str) -> bool:
        """Tell whether two ids are one human's, as far as is known."""
        return self.of(one) == self.of(other)

    def count(self, ids: Iterable[str]) -> int:
        """Return how many humans these may be at most."""
        return len({self.of(id) for id in ids})

    def are_two(self, one: str, other: str, chats: Mapping[str, str]) -> bool:
        """Tell whether two ids are known to be those of two humans.

        In one chat, a human has one account. Accounts in two chats may be one human's, unless the
        owner named both. ``chats`` says in which chat each id is at home; of one that is not in it
        that is not known, and it counts as being at home where the other is.
        """
        first, second = self.of(one), self.of(other)
        if first & second:
            return False
        if first in self.humans and second in self.humans:
            return True
        known = {id.upper(): chat for id, chat in chats.items()}
        if not known.keys() >= first | second:
            return True
        return any(known[a] == known[b] for a in first for b in second)
