"""People and what their role lets them do."""

from __future__ import annotations

import enum

import msgspec

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

    def can(self, permission: Permission) -> bool:
        """Tell whether the role has the permission."""
        return self >= NEEDED[permission]

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the role has the permission."""
        if not self.can(permission):
            message = (
                f"Only {NEEDED[permission].label}s can {permission.label}. Your role is "
                f"{self.label}. Ask an admin of your team."
            )
            raise NotAllowed(message, permission=permission)


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
