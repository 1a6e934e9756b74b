"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.commands import COMMANDS
from bot.features.rights.due_dates import due_rights
from bot.features.rights.flows.paper import PAPER
from bot.features.rights.flows.right import RIGHT

FEATURE = Feature(
    name="rights",
    collections=(
        BRAND_RIGHTS,
        RIGHTS_DOCUMENTS,
    ),
    due=(due_rights,),
    commands=COMMANDS,
    flows=(PAPER, RIGHT),
)
