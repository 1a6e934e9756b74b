"""Which ids belong to one human: four eyes are those of two people, not of two accounts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec


class Identities(msgspec.Struct, frozen=True):
    """What the owner said of ids that one human has in several chats."""

    humans: tuple[frozenset[str], ...] = ()
    """The ids of each, in capitals. One id alone says: this is a human of their own."""

    def of(self, id: str) -> frozenset[str]:
        """Return all ids of the human who has this one, in capitals."""
        known = id.upper()
        return next((human for human in self.humans if known in human), frozenset({known}))

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
