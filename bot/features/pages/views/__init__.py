"""Cards about pages: asking for approval, and looking at one of them."""
