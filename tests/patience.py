"""How long a test waits for what must come, and how much a test may compute.

Both are far from what happens: only a test that fails reaches them, and a busy machine does not.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 100.0
"""Seconds to wait for something, less than any test may take; it costs nothing where it comes."""


@contextmanager
def computing(most: float) -> Iterator[None]:
    """Fail if the block takes more seconds of this process's own work.

    For work that grows without bound if a limit is missing. Other programs do not lengthen it; how
    fast it is, the bench says.
    """
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < most, f"{took:.1f} s of work, where {most:g} s are plenty"
