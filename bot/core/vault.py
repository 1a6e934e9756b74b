"""Where the bytes of evidence are kept, and who confirms that they existed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.errors import StoreError


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

    async def forget(self, content: str, facts: Mapping[str, str]) -> None:
        """Delete the bytes with that SHA-256; that they were there stays written down.

        Raises:
            StoreError: they cannot be deleted.
        """
        ...

    async def read(self, content: str) -> bytes:
        """Return the bytes with that SHA-256.

        Raises:
            StoreError: they are not there, or are not what they were.
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
