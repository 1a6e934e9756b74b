"""Where the bytes of evidence are kept, and who confirms that they existed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from bot.errors import StoreError


class VaultHead(msgspec.Struct, frozen=True):
    """The last entry of the log that says what the vault kept: it stands for all before it."""

    number: int = 0
    """How many entries the log has."""
    hash: str = ""

    @property
    def short(self) -> str:
        """The head as people compare it."""
        return f"entry {self.number}, {self.hash[:16]}"


NOTHING_KEPT = VaultHead()


class Evidence(Protocol):
    """Bytes that must never change, kept under the SHA-256 of their content."""

    async def keep(self, content: bytes, facts: Mapping[str, str]) -> str:
        """Store the bytes durably and return their SHA-256 in hexadecimal.

        Raises:
            DiskError: the disk refused.
            StoreError: it could not be written down what is kept.
        """
        ...

    async def keep_all(
        self, several: Sequence[tuple[bytes, Mapping[str, str]]]
    ) -> list[StoreError | None]:
        """Store each of these as ``keep`` does; return for each why it was not kept, or None."""
        ...

    async def forget(
        self, content: str, facts: Mapping[str, str], *, kept: int | None = None
    ) -> bool:
        """Delete the bytes with that SHA-256; that they were there stays written down.

        With ``kept`` only if they were not kept anew since ``kept_at`` told that. Returns whether
        they were deleted.

        Raises:
            StoreError: they cannot be deleted.
        """
        ...

    async def kept_at(self, content: str) -> int:
        """Return a number that is another one after each keeping of the bytes; 0: not there.

        Raises:
            StoreError: the disk refused.
        """
        ...

    async def listed(self, beginning: str) -> Mapping[str, int]:
        """Return all whose SHA-256 begins with these two digits, with their ``kept_at``.

        Raises:
            StoreError: the disk refused.
        """
        ...

    async def read(self, content: str) -> bytes:
        """Return the bytes with that SHA-256.

        Raises:
            StoreError: they are not there, or are not what they were.
        """
        ...

    async def head(self) -> VaultHead:
        """Return the last entry of the log. Raises StoreError."""
        ...

    async def verify(self, anchor: VaultHead = NOTHING_KEPT) -> list[str]:
        """Check the whole log and every file; return what is wrong, a sentence for each.

        The log must still have the entry that was ``anchor`` elsewhere.

        Raises:
            StoreError: the disk refused.
        """
        ...


class TimestampAuthority(Protocol):
    """Somebody outside who confirms that something existed (RFC 3161)."""

    name: str
    """The authority's host."""

    async def stamp(self, digest: bytes) -> bytes:
        """Return the authority's answer over a SHA-256.

        Raises:
            StampError: it did not answer, or not with a time-stamp over this digest.
        """
        ...

    def root_of(self, answer: bytes) -> str:
        """Return the name of the root that the answer's signature leads to; empty: none known."""
        ...
