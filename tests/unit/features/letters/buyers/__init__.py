"""Tests of bot.domain.buyers: what each rule catches, and what it must let through."""
