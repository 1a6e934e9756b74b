"""What a person hears when a button or a form has changed a case."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Reply, Update
from bot.core.request import RequestContext
from bot.core.undo.announcing import offered_to
from bot.features.cases.service.working import ShownCase
from bot.features.cases.views.case import case_card


def case_changed(ctx: RequestContext, shown: ShownCase) -> Sequence[Reply]:
    """Show the case as it is now, in the place of the card that was pressed.

    Who does not look at its thread, where it can be undone, may undo it where they are.
    """
    undo = offered_to(ctx.where, shown.undo, shown.view.team)
    return [Update(case_card(shown.case, shown.view)), *undo]
