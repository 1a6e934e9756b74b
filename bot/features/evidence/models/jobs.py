"""The long work that evidence has done: its kinds, as they are stored."""

from __future__ import annotations

from enum import StrEnum


class EvidenceJob(StrEnum):
    """A kind of job about evidence."""

    CAPTURE = "capture"
    """Of the page of a case's offer."""
    STAMP = "stamp"
    """By outside authorities, of a custody entry."""
    DELETE = "delete"
    """Of a piece's bytes, as earlier versions had it done."""
