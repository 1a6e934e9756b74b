"""The form to delete a piece of evidence; the custody log keeps the reason."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Form, Text
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.evidence.models.items import EvidenceItem
from bot.features.evidence.service.deleting import delete_evidence


class DeleteEvidenceForm(FlowForm, frozen=True, kw_only=True):
    """A piece to delete; ``subject`` is its key."""

    item: str = ""
    """The piece's label and kind, as the form shows it."""
    why: str = ""


def _why_form(given: DeleteEvidenceForm) -> Form:
    return Form(
        id="delete-evidence",
        title=tr("Delete evidence"),
        intro=tr(
            "{item}. The file is deleted, and the custody log keeps a record that it existed. "
            "Sealed packets still contain it.",
            item=given.item,
        ),
        inputs=(Text(name="why", label=tr("Why?"), hint=tr("Kept in the custody log."), most=200),),
        submit=tr("Delete"),
    )


def _deleted(_: RequestContext, item: EvidenceItem) -> Sequence[Reply]:
    told = tr("Deleted {label}. The custody log keeps a record of it.", label=item.label)
    return [Notice(told, Tone.GOOD)]


DELETE = Flow(
    id="delete",
    version=2,
    form=DeleteEvidenceForm,
    permission=Permission.CONFIGURE,
    steps=(Step(id="why", form=_why_form),),
    finish=lambda ctx, form: delete_evidence(ctx.app, ctx.tx, ctx.who, form.subject, form.why),
    answer=_deleted,
)
