from __future__ import annotations

from pathlib import Path

import pytest

from adapters.capture.files import FileEvidence
from adapters.capture.seller_pages import CapturedSellerPages
from adapters.capture.simulated_sellers import SimulatedSellerPages
from bot.bootstrap.capabilities import open_resources
from bot.core.charts import CHART_PRINTER
from bot.features.cases.resources import SELLER_PAGES
from bot.features.evidence.resources import CAMERA, NO_CAMERA
from bot.features.reviews.resources import REVIEW_PRINTER
from tests.files import write_script
from tests.unit.adapters.rendering.drawing import BARS, REVIEW, image


async def test_pictures_and_reviews_can_be_made_wherever_the_program_runs(tmp_path: Path) -> None:
    async with open_resources(tmp_path, FileEvidence(tmp_path / "evidence"), "") as resources:
        charts, reviews = resources[CHART_PRINTER], resources[REVIEW_PRINTER]
        assert charts is not None
        assert reviews is not None
        assert image(await charts.chart(BARS)).width == 720
        pdf = await reviews.review(REVIEW, (BARS,), "Alder & Finch")
    assert pdf.startswith(b"%PDF")


@pytest.mark.usefixtures("no_chromium")
async def test_without_chromium_no_capture_is_offered_and_the_reason_is_known(
    tmp_path: Path,
) -> None:
    async with open_resources(tmp_path, FileEvidence(tmp_path / "evidence"), "") as resources:
        assert resources[CAMERA] is None
        assert "make browser" in resources[NO_CAMERA]
        assert resources[SELLER_PAGES] is None
        assert resources[CHART_PRINTER] is not None


async def test_with_chromium_a_capture_is_offered_before_it_runs(
    tmp_path: Path, no_chromium: Path
) -> None:
    write_script(no_chromium / "chromium", "exit 1")
    vault = FileEvidence(tmp_path / "evidence")
    async with open_resources(tmp_path, vault, "", without_sandbox=True) as resources:
        assert resources[CAMERA] is not None
        assert resources[NO_CAMERA] == ""
        assert isinstance(resources[SELLER_PAGES], CapturedSellerPages)


@pytest.mark.usefixtures("no_chromium")
async def test_a_simulated_marketplace_tells_names_without_chromium(tmp_path: Path) -> None:
    vault, base = FileEvidence(tmp_path / "evidence"), "http://127.0.0.1:8643"
    async with open_resources(tmp_path, vault, base) as resources:
        assert isinstance(resources[SELLER_PAGES], SimulatedSellerPages)
