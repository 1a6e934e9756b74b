from __future__ import annotations

from pathlib import Path

import pytest

from adapters.capture.files import FileEvidence
from bot.bootstrap.capabilities import open_tools
from tests.files import write_script
from tests.unit.adapters.rendering.drawing import BARS, REVIEW, image


async def test_pictures_and_reviews_can_be_made_wherever_the_program_runs(tmp_path: Path) -> None:
    async with open_tools(tmp_path, FileEvidence(tmp_path / "evidence"), "") as tools:
        assert tools.printer is not None
        assert image(await tools.printer.chart(BARS)).width == 720
        pdf = await tools.printer.review(REVIEW, (BARS,), "Alder & Finch")
    assert pdf.startswith(b"%PDF")


@pytest.mark.usefixtures("no_chromium")
async def test_without_chromium_no_capture_is_offered_and_the_reason_is_known(
    tmp_path: Path,
) -> None:
    async with open_tools(tmp_path, FileEvidence(tmp_path / "evidence"), "") as tools:
        assert tools.camera is None
        assert "make browser" in tools.no_camera
        assert tools.printer is not None


async def test_with_chromium_a_capture_is_offered_before_it_runs(
    tmp_path: Path, no_chromium: Path
) -> None:
    write_script(no_chromium / "chromium", "exit 1")
    async with open_tools(tmp_path, FileEvidence(tmp_path / "evidence"), "") as tools:
        assert tools.camera is not None
        assert tools.no_camera == ""
