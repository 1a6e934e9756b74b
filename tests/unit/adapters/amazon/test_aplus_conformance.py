"""A+ content is asked for as Amazon's model says, and read in its shapes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adapters.amazon.aplus import PICTURE, TEXT, TITLE
from bot.core.questions import Operation
from tests.unit.adapters.amazon.amazon import Obj

pytestmark = pytest.mark.conformance
PATHS = {
    Operation.APLUS_RECORDS: "/aplus/2020-11-01/contentPublishRecords",
    Operation.APLUS_DOCUMENT: "/aplus/2020-11-01/contentDocuments/{contentReferenceKey}",
}
ASKED = {
    Operation.APLUS_RECORDS: {"marketplaceId", "asin", "pageToken"},
    Operation.APLUS_DOCUMENT: {"marketplaceId", "includedDataSet"},
}


def model() -> Obj:
    path = Path(os.environ["SPECS_DIR"]) / "sp-api" / "aplusContent_2020-11-01.json"
    found: Obj = json.loads(path.read_text("utf-8"))
    return found


@pytest.mark.parametrize("operation", PATHS)
def test_rates_bursts_paths_and_parameters_are_those_of_the_model(operation: Operation) -> None:
    told = model()["paths"][PATHS[operation]]["get"]  # type: ignore[index, call-overload]
    assert f"| {operation.rate:g} | {operation.burst} |" in str(told["description"])  # type: ignore[index, call-overload]
    assert operation.path == PATHS[operation].split("{")[0] + "{}" * ("{" in PATHS[operation])
    named = {each.get("name") for each in told["parameters"]}  # type: ignore[index, call-overload, union-attr]
    assert ASKED[operation] <= named


def test_texts_and_pictures_of_all_modules_have_the_names_that_are_read() -> None:
    shapes = model()["definitions"]
    assert isinstance(shapes, dict)
    texts = {"TextComponent": TEXT, "PlainTextItem": TEXT, "StandardComparisonProductBlock": TITLE}
    for shape, name in {**texts, "ImageComponent": PICTURE}.items():
        assert name in shapes[shape]["properties"]
