"""Views: what a domain type looks like as a card. Pure; each returns a card within the budget."""
