"""The forms to compare photos: choose two, then mark each difference on both."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.starting import start_flow
from bot.core.forms import Choice, Form, Option, PictureSpot, Text
from bot.core.interactions import Ask, Notice, Reply
from bot.core.interface import together, tr, tr_data
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.evidence.models.comparisons import Comparison, Difference
from bot.features.evidence.models.items import EvidenceKind, item_key
from bot.features.evidence.rules.comparing import WORDS, DifferenceInput, PhotosInput
from bot.features.evidence.service.comparing import Marked, compare, mark_difference

YES, NO = "yes", "no"
CELL = "A cell of the grid, such as C4."


class PhotosForm(FlowForm, frozen=True, kw_only=True):
    """The choice of two photos to compare; ``subject`` is the case's key."""

    theirs: tuple[tuple[str, str], ...] = ()
    """Photos of the seller's product: place and label."""
    ours: tuple[tuple[str, str], ...] = ()
    marked: int = 0
    """Differences that are marked already, on the photos that are filled in."""
    received: int = 0
    genuine: int = 0

    @property
    def photos(self) -> PhotosInput:
        """The chosen photos."""
        return PhotosInput(case=self.subject, received=self.received, genuine=self.genuine)


def _photos_form(given: PhotosForm) -> Form:
    kept = (
        tr("The marked differences stay with these two photos. Choosing others removes them.")
        if given.marked
        else tr("Choose the two that show the differences best.")
    )
    return Form(
        id="compare-photos",
        title=tr("Mark differences"),
        intro=kept,
        inputs=(
            _which("received", EvidenceKind.RECEIVED, given.theirs),
            _which("genuine", EvidenceKind.GENUINE, given.ours),
        ),
    )


def _which(name: str, kind: EvidenceKind, photos: Sequence[tuple[str, str]]) -> Choice:
    options = tuple(Option(place, label) for place, label in photos)
    return Choice(name=name, label=kind.said, options=options, initial=photos[0][0])


def comparing(_: RequestContext, known: Comparison) -> Sequence[Reply]:
    """Say where the photos appear, and what to press there."""
    text = tr(
        "{photos} will appear in the thread with a grid. Then press 'Add difference'.",
        photos=known.said,
    )
    return [Notice(text)]


class DifferenceForm(FlowForm, frozen=True, kw_only=True):
    """One difference; ``subject`` is the case's key."""

    theirs: int = 0
    """The place of the photo of the seller's product."""
    ours: int = 0
    marks: tuple[tuple[str, str], ...] = ()
    """The spots marked so far, as written: on the seller's photo and on ours; empty: not on it."""
    what: str = ""
    received: str = ""
    genuine: str = ""
    more: str = ""

    @property
    def marked(self) -> DifferenceInput:
        """The difference to add."""
        return DifferenceInput(
            photos=PhotosInput(case=self.subject, received=self.theirs, genuine=self.ours),
            words=self.what,
            received=self.received,
            genuine=self.genuine,
            more=self.more == YES,
        )


def ask_difference(ctx: RequestContext, known: Comparison) -> Ask:
    """Ask for the next difference."""
    form = DifferenceForm(
        subject=known.case,
        theirs=known.received,
        ours=known.genuine,
        marks=tuple(map(_written, known.differences)),
    )
    return start_flow(ctx, DIFFERENCE, form)


def _written(difference: Difference) -> tuple[str, str]:
    received, genuine = difference.received, difference.genuine
    return received.written if received else "", genuine.written if genuine else ""


def _difference_form(given: DifferenceForm) -> Form:
    number = len(given.marks) + 1
    return Form(
        id="difference",
        title=tr("Difference {number}", number=number),
        intro=tr(
            "What differs between {first} and {second}? Mark the same place on both photos. Copies "
            "with the grid are in the thread.",
            first=f"E-{given.theirs}",
            second=f"E-{given.ours}",
        ),
        inputs=(
            Text(
                name="what",
                label=tr("What differs?"),
                hint=tr("For example: logo printed, ours is embossed"),
                most=WORDS,
            ),
            _spot(given, "received", EvidenceKind.RECEIVED, given.theirs),
            _spot(given, "genuine", EvidenceKind.GENUINE, given.ours),
            Choice(
                name="more",
                label=tr("Mark another difference?"),
                options=(Option(YES, tr("Yes")), Option(NO, tr("No, that is all"))),
                initial=NO,
            ),
        ),
        submit=tr("Save"),
    )


def _spot(given: DifferenceForm, name: str, kind: EvidenceKind, place: int) -> PictureSpot:
    side = 0 if kind is EvidenceKind.RECEIVED else 1
    return PictureSpot(
        name=name,
        label=tr("Where on the {photo}?", photo=f"{kind.said[:1].lower()}{kind.said[1:]}"),
        hint=tr_data(CELL),
        required=False,
        picture=item_key(given.subject, place),
        alt=f"E-{place} {kind.said}",
        marks=tuple(marks[side] for marks in given.marks),
    )


def _difference_check(given: DifferenceForm) -> Errors:
    if given.received or given.genuine:
        return {}
    return {"received": tr("Mark the difference on at least one photo.")}


def difference_marked(ctx: RequestContext, done: Marked) -> Sequence[Reply]:
    """Ask for the next one, or say that the marks will be shown."""
    if done.more:
        return [ask_difference(ctx, done.comparison)]
    count = len(done.comparison.differences)
    saved = tr("Difference saved.") if count == 1 else _several_saved(count)
    text = together(saved, tr("The marked photos will appear in the thread."))
    return [Notice(text, Tone.GOOD)]


def _several_saved(count: int) -> str:
    return tr("{count} differences saved.", count=count)


COMPARE = Flow(
    id="compare",
    version=1,
    form=PhotosForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="photos", form=_photos_form),),
    finish=lambda ctx, form: compare(ctx.app, ctx.tx, ctx.who, form.photos),
    answer=comparing,
)

DIFFERENCE = Flow(
    id="difference",
    version=1,
    form=DifferenceForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="difference", form=_difference_form, check=_difference_check),),
    finish=lambda ctx, form: mark_difference(ctx.app, ctx.tx, ctx.who, form.marked),
    answer=difference_marked,
)
