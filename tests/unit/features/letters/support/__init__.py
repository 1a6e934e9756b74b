"""Tests of bot.domain.support: what each rule catches, and what it must let through."""
