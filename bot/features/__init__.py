"""A feature a folder: models, rules, views, service, commands and flows."""
