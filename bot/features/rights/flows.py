"""Entering rights and papers into the brand's register."""

from __future__ import annotations

import re

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.forms import Choice, Date, File, Form, Option, Text
from bot.core.identifiers import parse_product
from bot.errors import UserError
from bot.features.rights.models import BrandRightKind, BrandRightStatus, RightsDocumentKind

NAME = 120
_CODE = re.compile(r"[A-Z]{2}", re.ASCII)
COUNTRIES = {"EU": "European Union", "*": "Everywhere (copyright)"}


def _right_form(_: Given) -> Form:
    return Form(
        id="right",
        title="Add a right",
        intro="What you own. A report for infringement rests on one that is registered in the "
        "marketplace's country.",
        inputs=(
            _choice("kind", "What is it?", [(each.value, each.value) for each in BrandRightKind]),
            Text(name="name", label="The mark's words, the work, the invention", most=NAME),
            Text(
                name="country",
                label="Country",
                hint="Two letters, such as US or DE; EU; * for a copyright.",
                most=2,
            ),
            Text(
                name="registration",
                label="Registration number",
                hint="A copyright may have none.",
                required=False,
                most=40,
            ),
            _choice("status", "Status", [(each.value, each.value) for each in BrandRightStatus]),
        ),
    )


def _right_check(given: Given) -> Errors:
    country = str(given["country"]).upper()
    if not (country in COUNTRIES or _CODE.fullmatch(country)):
        return {"country": "Two letters such as US, GB or DE; EU; or * for a copyright."}
    if country == "*" and given["kind"] != BrandRightKind.COPYRIGHT:
        return {"country": "Trademarks and patents count in one country, or in the EU."}
    registered = (
        given["kind"] != BrandRightKind.COPYRIGHT and given["status"] == BrandRightStatus.REGISTERED
    )
    if registered and not given["registration"]:
        return {"registration": "Amazon asks for the number of a registered right."}
    return {}


def _owner_form(_: Given) -> Form:
    return Form(
        id="right-owner",
        title="Add a right",
        inputs=(
            Text(name="owner", label="Owner, as registered", required=False, most=NAME),
            Text(name="classes", label="Classes", hint="8, 21", required=False, most=NAME),
            Date(name="expires", label="Expires on", required=False),
        ),
        submit="Add",
    )


RIGHT = Flow(
    id="right",
    version=1,
    steps=(
        Step(id="right", form=_right_form, next=lambda _: "owner", check=_right_check),
        Step(id="owner", form=_owner_form),
    ),
)
"""Facts: none."""


def _document_form(_: Given) -> Form:
    return Form(
        id="paper",
        title="Add a paper",
        inputs=(
            _choice(
                "kind", "What is it?", [(each.value, _PAPERS[each]) for each in RightsDocumentKind]
            ),
            Text(name="name", label="What to call it", most=NAME),
            Text(
                name="party",
                label="Seller ID or supplier",
                hint="Whom it authorises, or who wrote the invoice.",
                required=False,
                most=NAME,
            ),
            Text(
                name="products",
                label="For which products?",
                hint="ASINs; empty for all.",
                required=False,
            ),
            File(
                name="file",
                label="The paper itself",
                hint="PDF or picture.",
                required=False,
                kinds=("application/pdf", "image/png", "image/jpeg", "image/webp"),
            ),
        ),
    )


_PAPERS = {
    RightsDocumentKind.BRAND_REGISTRATION: "Brand registration",
    RightsDocumentKind.AUTHORISATION: "Letter of authorisation",
    RightsDocumentKind.INVOICE: "Invoice of a supplier",
}


def _document_check(given: Given) -> Errors:
    if given["kind"] == RightsDocumentKind.AUTHORISATION and not given["party"]:
        return {"party": "Whom does it authorise? Write the seller's ID."}
    try:
        for word in str(given["products"]).replace(",", " ").split():
            parse_product(word)
    except UserError as error:
        return {"products": str(error)}
    return {}


def _period_form(_: Given) -> Form:
    return Form(
        id="paper-period",
        title="Add a paper",
        intro="For how long does it count? Empty means: from ever, for ever.",
        inputs=(
            Date(name="since", label="From", required=False),
            Date(name="until", label="To", required=False),
        ),
        submit="Add",
    )


def _period_check(given: Given) -> Errors:
    if given["since"] and given["until"] and str(given["until"]) < str(given["since"]):
        return {"until": "It ends before it begins."}
    return {}


PAPER = Flow(
    id="paper",
    version=1,
    steps=(
        Step(id="paper", form=_document_form, next=lambda _: "period", check=_document_check),
        Step(id="period", form=_period_form, check=_period_check),
    ),
)
"""Facts: none."""


def _choice(name: str, label: str, options: list[tuple[str, str]]) -> Choice:
    named = tuple(Option(value, text[0].upper() + text[1:]) for value, text in options)
    return Choice(name=name, label=label, options=named)
