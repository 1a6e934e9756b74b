"""Filing a report: a few questions that lead to the right door."""

from __future__ import annotations

import msgspec

from bot.core.flows.engine import Flow, Given, Step
from bot.core.forms import Choice, Choices, Form, Option
from bot.features.reports.models.observations import MATTERS, Grounds, Observation


class OfferedRight(msgspec.Struct, frozen=True, array_like=True):
    """A right that the report may rest on, as the form offers it."""

    key: str
    kind: str
    label: str


def _matter_form(given: Given) -> Form:
    options = tuple(Option(name, label) for name, (label, _) in MATTERS.items())
    return Form(
        id="report-matter",
        title="File a report",
        intro=f"{given['case']}: {given['headline']}\n"
        "Amazon has two doors, and staff behind the wrong one cannot pass a report on.",
        inputs=(Choice(name="matter", label="What is it about?", options=options),),
    )


def _after_matter(given: Given) -> str:
    return "detail" if len(_details(given)) > 1 else _after_detail(given)


def _details(given: Given) -> tuple[Observation, ...]:
    _, details = MATTERS.get(str(given["matter"]), ("", tuple(Observation)))
    return details


def _detail_form(given: Given) -> Form:
    details = _details(given)
    seen = Choice(
        name="seen",
        label="What do you see?",
        options=tuple(Option(each.value, each.label) for each in details),
    )
    grounds = Choice(
        name="grounds",
        label="How do you know?",
        options=tuple(Option(each.value, each.label) for each in Grounds),
        initial=Grounds.TEST_BUY if given["bought"] else "",
    )
    asks = any(each.about_goods for each in details)
    return Form(
        id="report-detail",
        title="File a report",
        inputs=(seen, grounds) if asks else (seen,),
    )


def seen_in(given: Given) -> Observation:
    """Return what the person sees; a matter with one answer is not asked about further."""
    details = _details(given)
    return details[0] if len(details) == 1 else Observation(str(given["seen"]) or details[0])


def _after_detail(given: Given) -> str:
    return "right" if len(_rights(given)) > 1 else _after_right(given)


def _rights(given: Given) -> list[OfferedRight]:
    """Return the rights that such a report can rest on."""
    kind = seen_in(given).kind
    known = msgspec.json.decode(str(given["rights"]), type=list[OfferedRight])
    return [each for each in known if each.kind == kind]


def _right_form(given: Given) -> Form:
    options = tuple(Option(each.key, each.label) for each in _rights(given))
    return Form(
        id="report-right",
        title="File a report",
        inputs=(Choice(name="right", label="Which right is infringed?", options=options),),
    )


def _after_right(given: Given) -> str:
    return "products" if len(_products(given)) > 1 else ""


def _products(given: Given) -> list[tuple[str, str]]:
    return msgspec.json.decode(str(given["products"]), type=list[tuple[str, str]])


def _products_form(given: Given) -> Form:
    known, shown = _products(given), str(given["shown"]).split()
    # A form that was opened by an earlier version does not know it.
    offered = str(given.get("offered") or "")
    intro = "One report can cover several products, if it is the same violation on all."
    return Form(
        id="report-products",
        title="File a report",
        intro=f"{intro} {offered}".strip(),
        inputs=(
            Choices(
                name="asins",
                label="Which products?",
                options=tuple(Option(asin, label) for asin, label in known),
                initial=tuple(asin for asin, _ in known if asin in shown or not shown),
            ),
        ),
    )


REPORT = Flow(
    id="report",
    version=1,
    steps=(
        Step(id="matter", form=_matter_form, next=_after_matter),
        Step(id="detail", form=_detail_form, next=_after_detail),
        Step(id="right", form=_right_form, next=_after_right),
        Step(id="products", form=_products_form),
    ),
)
"""Facts: ``case``, ``headline``, ``bought`` (``yes`` or empty), ``rights`` (JSON of Offered: those
that count in the marketplace), ``products`` (JSON of ASIN and label), ``offered`` (how many of all
these are), ``shown`` (ASINs of which evidence shows something)."""
