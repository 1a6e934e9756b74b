"""Pages of products: what the team approved, and what was changed on them since."""
