"""The long work that evidence has done: its kinds, as they are stored."""

from __future__ import annotations

from enum import StrEnum


class EvidenceJob(StrEnum):
    """A kind of job about evidence."""

    CAPTURE = "capture"
    """Of the page of a case's offer."""
    STAMP = "stamp"
    """By outside authorities, of a custody entry."""
    DROP = "drop"
    """Of bytes that a person did not want to be kept."""
    DELETE = "delete"
    """Of a piece's bytes."""
