"""The pages that people read, wherever they lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
PATTERNS = ("*.md", "docs/**/*.md", "tests/README.md", ".github/**/*.md")


def pages() -> list[Path]:
    """Return all of them."""
    return sorted(page for pattern in PATTERNS for page in ROOT.glob(pattern))
