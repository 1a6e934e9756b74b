"""What reaches far on a case: the question before it, and what is said once it is done."""

from __future__ import annotations

from bot.core.cards import Confirm
from bot.core.interface import tr
from bot.core.permissions import Permission, Person
from bot.core.undo.models import Act, Image
from bot.features.cases.models.cases import Case, CloseReason


def take_over_confirm(case: Case) -> Confirm | None:
    """Ask before a case is taken from its owner; None: it has none."""
    if case.assignee is None:
        return None
    return Confirm(
        title=tr("Take over {case}?", case=case.label),
        text=tr(
            "{name} works on {case}. It will be assigned to you instead. You can undo this for 10 "
            "minutes.",
            name=case.assignee.name,
            case=case.label,
        ),
        yes=tr("Take over"),
    )


def take_over_act(who: Person, before: Case, to: Person, image: Image) -> Act:
    """Say from whom a person took a case, and to whom they gave it."""
    owner = before.assignee.name if before.assignee else tr("Someone")
    said = {"who": who.name, "case": before.label, "before": owner}
    if to == who:
        title = tr("{who} took {case} from {before}.", **said)
    else:
        title = tr("{who} gave {case} to {to} instead of {before}.", to=to.name, **said)
    return Act(
        title=title,
        permission=Permission.WORK_CASES,
        images=(image,),
        instead=tr("Press 'Assign' on its card."),
    )


def close_act(who: Person, case: Case, reason: CloseReason, images: tuple[Image, ...]) -> Act:
    """Say who closed a case, and why."""
    return Act(
        title=tr(
            "{who} closed {case}: {reason}.",
            who=who.name,
            case=case.label,
            reason=reason.said_inside,
        ),
        permission=Permission.WORK_CASES,
        images=images,
        instead=tr("If the case is still closed, press 'Reopen' on its card."),
    )
