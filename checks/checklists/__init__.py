"""Checklists as data: a TOML file each, their loader, and the lint that keeps them usable."""

from checks.checklists.gathering import Examined, Gathered, examine, gather, shipped
from checks.checklists.lint import SECTIONS, lint
from checks.checklists.reading import named, read

__all__ = [
    "SECTIONS",
    "Examined",
    "Gathered",
    "examine",
    "gather",
    "lint",
    "named",
    "read",
    "shipped",
]
