"""When rights and documents expire, for the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.calendar_file import Due
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each
from bot.core.store import Transaction
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS


async def due_rights(app: AppContext, _: Transaction) -> Sequence[Due]:
    """Tell on which days rights expire, and which day is the last of a document."""
    rights = [
        Due(
            id=f"right-{right.number}",
            says=tr("{right} expires", right=right.said),
            when=right.expires,
            command="rights",
        )
        async for right in each(app.store, BRAND_RIGHTS)
        if right.expires is not None
    ]
    papers = [
        Due(
            id=f"document-{paper.number}",
            says=tr("Document {number} expires", number=paper.number),
            when=paper.until,
            command="papers",
        )
        async for paper in each(app.store, RIGHTS_DOCUMENTS)
        if paper.until is not None
    ]
    return [*rights, *papers]
