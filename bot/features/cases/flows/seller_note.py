"""Asking what the team wants to keep of a seller."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Form, Paragraph, Text
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.cases.models.seller_notes import SellerNote
from bot.features.cases.rules.seller_notes import SellerNoteInput
from bot.features.cases.service.seller_notes import write_note

NICKNAME, PRICE, NOTE = 60, 30, 1000


class SellerNoteForm(FlowForm, frozen=True, kw_only=True):
    """What is kept of a seller, the subject."""

    home: str = ""
    nickname: str = ""
    price: str = ""
    note: str = ""

    @property
    def written(self) -> SellerNoteInput:
        """What was written."""
        return SellerNoteInput(
            nickname=self.nickname, price=self.price, note=self.note, home=self.home
        )


def _form(given: SellerNoteForm) -> Form:
    return Form(
        id="seller-note",
        title=tr("Notes on a seller"),
        intro=tr("Only your team sees this. Seller: {seller}", seller=given.subject),
        inputs=(
            Text(
                name="nickname",
                label=tr("What do you call them?"),
                required=False,
                initial=given.nickname,
                most=NICKNAME,
            ),
            Text(
                name="price",
                label=tr("Agreed lowest price"),
                hint=tr("Such as 24.99 or EUR 24.99."),
                required=False,
                initial=given.price,
                most=PRICE,
            ),
            Paragraph(
                name="note",
                label=tr("What should the team know?"),
                required=False,
                initial=given.note,
                most=NOTE,
            ),
        ),
        submit=tr("Save"),
    )


def _check(given: SellerNoteForm) -> Errors:
    return errors_in(price=lambda: given.written.agreed)


def note_written(_: RequestContext, note: SellerNote) -> Sequence[Reply]:
    """Say what came of it."""
    return [Notice(tr("Saved the notes on {seller}.", seller=note.seller), Tone.GOOD)]


SELLER_NOTE = Flow(
    id="seller-note",
    version=1,
    form=SellerNoteForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="note", form=_form, check=_check),),
    finish=lambda ctx, form: write_note(ctx.app, ctx.tx, ctx.who, form.subject, form.written),
    answer=note_written,
)
