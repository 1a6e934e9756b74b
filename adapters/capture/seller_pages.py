"""Sellers' pages as the browser of captures sees them."""

from __future__ import annotations

from adapters.capture.pages import ChromiumCapture
from bot.features.cases.models.seller_pages import SellerPage


class CapturedSellerPages:
    """Reads a page with the browser that takes pictures: it knows logins and captchas."""

    def __init__(self, browser: ChromiumCapture) -> None:
        """Take turns with captures."""
        self._browser = browser

    async def read(self, url: str) -> SellerPage:
        """Return what the page says. Raises CaptureError or UserError, as a capture does."""
        seen = await self._browser.take(url)
        return SellerPage(words=seen.seller, url=seen.url, at=seen.at, simulated=seen.simulated)
