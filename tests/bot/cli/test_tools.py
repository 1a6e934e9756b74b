from __future__ import annotations

from pathlib import Path

from adapters.capture.files import FileEvidence
from bot.cli.tools import open_tools
from tests.adapters.print.drawing import BARS, REVIEW, image


async def test_pictures_and_reviews_can_be_made_wherever_the_program_runs(tmp_path: Path) -> None:
    async with open_tools(tmp_path, FileEvidence(tmp_path / "evidence"), "") as tools:
        assert tools.printer is not None
        assert image(await tools.printer.chart(BARS)).width == 720
        pdf = await tools.printer.review(REVIEW, (BARS,), "Alder & Finch")
    assert pdf.startswith(b"%PDF")
