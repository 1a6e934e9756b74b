from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from tests.unit.conftest import team

__all__ = ["team"]

HERE = Path(__file__).parent
LONGEST = 600
"""Seconds for a journey that names none: a busy machine alone makes it last longer than others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each journey time enough: it ends many waits, of which each may be a long one."""
    for item in items:
        if item.path.parent == HERE and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LONGEST))


@pytest.fixture(autouse=True)
def _no_pause_between_tries() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield
