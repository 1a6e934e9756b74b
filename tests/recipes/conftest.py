"""What recipes add is no test of this house."""

from __future__ import annotations

collect_ignore = ["new"]
