"""What reports need from outside."""

from __future__ import annotations

from typing import Protocol

from bot.core.resources import Resource
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.models.packets import Archived, Bundle


class Packer(Protocol):
    """Makes the two files of a packet."""

    async def archive(self, bundle: Bundle) -> Archived:
        """Write the sealed archive and keep it as evidence.

        Raises:
            StoreError: a piece is not what was kept, or the disk refused.
        """
        ...

    async def print(self, dossier: Dossier) -> bytes:
        """Return the PDF."""
        ...


PACKER = Resource[Packer | None]("packer", None)
"""Without one there are no packets."""
