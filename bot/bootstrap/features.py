"""All features, in the stated order: each knows only those before it."""

from __future__ import annotations

from bot.core import own_feature
from bot.core.feature import Features
from bot.features.attacks import feature as attacks
from bot.features.cases import feature as cases
from bot.features.checklists import feature as checklists
from bot.features.copycats import feature as copycats
from bot.features.evidence import feature as evidence
from bot.features.letters import feature as letters
from bot.features.overview import feature as overview
from bot.features.pages import feature as pages
from bot.features.reports import feature as reports
from bot.features.reviews import feature as reviews
from bot.features.rights import feature as rights
from bot.features.setup import feature as setup
from bot.features.training import feature as training
from bot.features.watchlist import feature as watchlist

FEATURES = Features(
    (
        own_feature.FEATURE,
        watchlist.FEATURE,
        rights.FEATURE,
        cases.FEATURE,
        evidence.FEATURE,
        checklists.FEATURE,
        attacks.FEATURE,
        copycats.FEATURE,
        letters.FEATURE,
        pages.FEATURE,
        reports.FEATURE,
        training.FEATURE,
        reviews.FEATURE,
        setup.FEATURE,
        overview.FEATURE,
    )
)

COLLECTIONS = FEATURES.collections
"""What a store has to keep; an adapter may add its own."""
MIGRATIONS = FEATURES.migrations
COMMANDS = FEATURES.commands
FLOWS = FEATURES.flows
COMMAND_NAMES = frozenset(spec.name for spec in COMMANDS)
