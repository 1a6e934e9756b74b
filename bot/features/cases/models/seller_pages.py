"""What is read on a seller's public page, and where it stands there.

Amazon does not document the page. The selectors are from public scripts that read it and agree, as
of 2026-11. Where one of them finds nothing, nothing is known: nobody guesses.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

NAME = "#seller-name"
FEEDBACK = "#seller-info-feedback-summary"
ROWS = "#page-section-detail-seller-info .a-row"
"""The legal notice, a row for each line."""
INDENTED = "indent-left"
"""The class of a row that goes on with what the row above it began, such as an address."""
ROWS_AT_MOST = 60
LONGEST_ROW = 300
"""Characters of a row, and of any other text of the page."""


class SellerRow(msgspec.Struct, frozen=True):
    """A row of the legal notice."""

    text: str
    indented: bool = False


class SellerWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a seller's page; each is the seller's own and may be hostile."""

    name: str = ""
    feedback: str = ""
    rows: tuple[SellerRow, ...] = ()


class SellerPage(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's page as it was read."""

    words: SellerWords
    url: str
    """Its final address."""
    at: datetime
    simulated: bool = False
    """It is a page of the simulated marketplace."""
