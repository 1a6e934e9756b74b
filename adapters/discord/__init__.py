"""Discord: cards and forms as its messages and modals, and what comes back from them."""
