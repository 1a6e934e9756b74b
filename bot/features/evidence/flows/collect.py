"""Collecting evidence: what is there and what is missing, then the one thing that is added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.forms import Choice, Date, File, Form, Option, Paragraph, Text
from bot.features.evidence.models.items import EvidenceKind

PHOTOS = 5
REPORTS = 3
PICTURES = ("image/png", "image/jpeg", "image/webp")
ORDER_ID = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", re.ASCII)
OBSERVED_AT_LEAST = 20
"""Characters in which a difference can be stated."""

_OFFERED = (
    (EvidenceKind.CAPTURE, "A picture of the offer's page, taken now"),
    (EvidenceKind.RECEIVED, "Photos of what they send"),
    (EvidenceKind.GENUINE, "Photos of the genuine product"),
    (EvidenceKind.ORDERS, "Our order records, or why there are none"),
    (EvidenceKind.TEST_BUY, "A test buy"),
    (EvidenceKind.PAPER, "A paper: invoice, letter, answer"),
)


def _what_form(given: Given) -> Form:
    kinds = [(kind, label) for kind, label in _OFFERED if given["camera"] or kind != "capture"]
    return Form(
        id="collect-what",
        title="Collect evidence",
        intro=str(given["needs"]),
        inputs=(
            Choice(
                name="what",
                label="What do you add?",
                options=tuple(Option(kind.value, label) for kind, label in kinds),
                initial=str(given["missing"]),
            ),
            *_which(products_in(given)),
        ),
    )


def _which(products: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Ask for the product where there are several; a case may be about none."""
    if len(products) <= 1:
        return ()
    options = tuple(Option(asin, label) for asin, label in products)
    label = "For which product?"
    return (Choice(name="asin", label=label, options=options, initial=products[0][0]),)


def products_in(given: Given) -> list[tuple[str, str]]:
    """Return the case's products, if it is about any: ASIN and label."""
    return msgspec.json.decode(str(given["products"]), type=list[tuple[str, str]])


def _after_what(given: Given) -> str:
    steps = {
        EvidenceKind.CAPTURE.value: "",
        EvidenceKind.ORDERS.value: "orders",
        EvidenceKind.TEST_BUY.value: "test-buy",
    }
    return steps.get(str(given["what"]), "files")


def _files_form(given: Given) -> Form:
    kind = EvidenceKind(str(given["what"] or EvidenceKind.PAPER.value))
    hints = {
        EvidenceKind.RECEIVED: (
            "Packaging marks, labels, serial numbers. No buyer's name or address."
        ),
        EvidenceKind.GENUINE: "The same views as of theirs, so that one can compare.",
    }
    paper = kind is EvidenceKind.PAPER
    return Form(
        id="collect-files",
        title="Collect evidence",
        intro=f"{kind.label}. The original is kept unchanged; what is shown around is a copy "
        "without the place where it was taken.",
        inputs=(
            File(
                name="files",
                label="Papers" if paper else "Photos",
                hint=hints.get(kind, "PDF or pictures. Black out buyers' names first."),
                kinds=(*PICTURES, "application/pdf") if paper else PICTURES,
                most=PHOTOS,
            ),
            Text(
                name="caption",
                label="What do they show?",
                hint="For example: logo printed, ours is embossed",
                most=300,
            ),
        ),
        submit="Add",
    )


def _orders_form(_: Given) -> Form:
    return Form(
        id="collect-orders",
        title="Collect evidence",
        intro="Of a report only order ID, date, ASIN, SKU, quantity and price are kept: no names, "
        "no addresses.",
        inputs=(
            File(
                name="files",
                label="Amazon's report 'All orders'",
                hint="Seller Central, Reports, Fulfilment, All orders.",
                required=False,
                most=REPORTS,
            ),
            Paragraph(
                name="typed",
                label="Or by hand, one order a line",
                hint="123-1234567-1234567 2026-11-20 B0EXAMPLE1 2",
                required=False,
                most=2000,
            ),
            Text(
                name="none",
                label="Or: why are there none?",
                hint="For example: we did not sell it in this country then.",
                required=False,
                most=300,
            ),
        ),
        submit="Add",
    )


def _orders_check(given: Given) -> Errors:
    if not (given["files"] or given["typed"] or given["none"]):
        return {"none": "Hand in a report, type orders, or say why there are none."}
    return {}


def _test_buy_form(given: Given) -> Form:
    return Form(
        id="collect-test-buy",
        title="A test buy",
        intro="Photos of what arrived are added afterwards, as 'what they send'.",
        inputs=(
            Text(
                name="order",
                label="Order ID",
                hint="From your order's confirmation.",
                most=30,
            ),
            Date(name="ordered", label="Ordered on", initial=str(given["today"])),
            Date(name="arrived", label="Arrived on", required=False),
            Paragraph(
                name="observed",
                label="What came, against the genuine one?",
                hint="The logo is printed; on ours it is embossed.",
                most=1000,
            ),
            Text(
                name="verified",
                label="How did you find out?",
                hint="Compared side by side; batch 7731 was never made by us.",
                most=300,
            ),
        ),
        submit="Add",
    )


def _test_buy_check(given: Given) -> Errors:
    errors: Errors = {}
    if not ORDER_ID.fullmatch(str(given["order"])):
        errors["order"] = "An order ID looks like 123-1234567-1234567."
    if len(str(given["observed"])) < OBSERVED_AT_LEAST:
        errors["observed"] = "Please say what differs from the genuine product."
    ordered = date.fromisoformat(str(given["ordered"]))
    if ordered > date.fromisoformat(str(given["today"])):
        errors["ordered"] = "That day has not come yet."
    elif given["arrived"] and date.fromisoformat(str(given["arrived"])) < ordered:
        errors["arrived"] = "It cannot have arrived before it was ordered."
    return errors


COLLECT = Flow(
    id="collect",
    version=1,
    steps=(
        Step(id="what", form=_what_form, next=_after_what),
        Step(id="files", form=_files_form),
        Step(id="orders", form=_orders_form, check=_orders_check),
        Step(id="test-buy", form=_test_buy_form, check=_test_buy_check),
    ),
)
"""Facts: ``needs`` (what is there and missing, for people), ``missing`` (what to offer first),
``camera`` (``yes`` or empty), ``today``, ``products`` (JSON of ASIN and label)."""


def _delete_form(given: Given) -> Form:
    return Form(
        id="delete-evidence",
        title="Delete evidence",
        intro=f"{given['piece']}. Its bytes are deleted; the custody log keeps that it was there. "
        "A packet that was sealed before still holds it.",
        inputs=(Text(name="why", label="Why?", hint="It stays in the log.", most=200),),
        submit="Delete",
    )


DELETE = Flow(id="delete", version=1, steps=(Step(id="why", form=_delete_form),))
"""Facts: ``piece``, as people call it."""
