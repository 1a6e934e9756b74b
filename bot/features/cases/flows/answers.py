"""What a person hears when a button or a form has changed a case."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Reply, Update
from bot.core.request import RequestContext
from bot.features.cases.service.working import ShownCase
from bot.features.cases.views.case import case_card


def case_changed(_: RequestContext, shown: ShownCase) -> Sequence[Reply]:
    """Show the case as it is now, in the place of the card that was pressed."""
    return [Update(case_card(shown.case, shown.view))]
