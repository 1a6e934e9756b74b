from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from tests.unit.conftest import team

__all__ = ["team"]


@pytest.fixture(autouse=True)
def _no_pause_between_tries() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield
