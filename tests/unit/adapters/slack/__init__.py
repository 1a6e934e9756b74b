"""Slack's cards and forms."""
