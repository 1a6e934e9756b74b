"""The card that asks once to approve the pages of many products."""

from __future__ import annotations

from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.interface import tr, tr_count
from bot.core.permissions import Permission, Person
from bot.core.text import one_line
from bot.core.undo.models import Act, Image
from bot.core.views.context import field
from bot.features.pages.models import ApprovalState, PageApproval

APPROVE = "approve-pages"
REVIEW = "review-pages"
"""The buttons of the card."""
TODO = "todo"
"""What the button refers to on the card of /todo."""
NAME = 60
"""Characters of a person's name."""


def approval_card(approval: PageApproval) -> Card:
    """Say how many pages were read, how many agree with our own listing data, and ask."""
    if not approval.waiting and approval.state is not ApprovalState.RETURNING:
        return _done_card(approval)
    return Card(
        title=tr_count(approval.total, "{count} product page read", "{count} product pages read"),
        body=_body(approval),
        tone=Tone.WARNING if approval.differs else Tone.INFO,
        fields=_fields(approval),
        buttons=_buttons(approval),
    )


def batch_act(who: Person, approval: PageApproval, image: Image) -> Act:
    """Say who approved all pages of a request that agree, and what undoing that does."""
    return Act(
        title=tr_count(
            approval.agrees,
            "{who} approved {count} product page.",
            "{who} approved {count} product pages.",
            who=one_line(who.name, NAME),
        ),
        body=tr(
            "They agree with your own listing data. If you undo this, they wait for approval "
            "again, except those that changed or were approved again since."
        ),
        permission=Permission.WORK_CASES,
        images=(image,),
        instead=tr("Correct the page at Amazon. That raises an alert, which you can approve."),
    )


def _done_card(approval: PageApproval) -> Card:
    by = tr("Approved by {name}.", name=one_line(approval.by.name, NAME)) if approval.by else ""
    return Card(
        title=tr_count(
            approval.approved, "{count} product page approved", "{count} product pages approved"
        ),
        body=" ".join(filter(None, (by, tr("You get an alert when one of them changes.")))),
        tone=Tone.GOOD,
    )


def _body(approval: PageApproval) -> str:
    if approval.state is ApprovalState.APPROVING:
        return tr("Approving the pages that agree with your own listing data.")
    if approval.state is ApprovalState.RETURNING:
        return tr("Approval undone. Putting the pages back.")
    return tr(
        "Are these pages as you want them? Until you approve a page, its baseline is what it said "
        "when it was first read."
    )


def _fields(approval: PageApproval) -> tuple[Field, ...]:
    numbers = (
        (tr("Agree with your data"), approval.agrees),
        (tr("Differ from your data"), approval.differs),
        (tr("Could not compare"), approval.uncompared),
        (tr("Approved"), approval.approved),
    )
    return tuple(field(label, f"{number:,}") for label, number in numbers if number)


def _buttons(approval: PageApproval) -> tuple[Button, ...]:
    buttons = []
    if approval.agrees and approval.state is ApprovalState.ASKED:
        label = tr("Approve all that agree")
        buttons.append(Button(label=label, action=APPROVE, ref=approval.id, style=Style.PRIMARY))
    if approval.differs or approval.uncompared:
        buttons.append(Button(label=tr("Review"), action=REVIEW, ref=approval.id))
    return tuple(buttons)
