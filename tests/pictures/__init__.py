"""Pictures of cards and forms as Slack and Discord show them: a help for whoever words them."""
