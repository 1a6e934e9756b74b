"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature
from bot.core.flows.ends import FlowEnd
from bot.core.permissions import Permission
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.commands import COMMANDS, finish_document, finish_right
from bot.features.rights.flows import PAPER, RIGHT

FEATURE = Feature(
    name="rights",
    collections=(
        BRAND_RIGHTS,
        RIGHTS_DOCUMENTS,
    ),
    commands=COMMANDS,
    flows=(
        FlowEnd(PAPER, Permission.CONFIGURE, finish_document),
        FlowEnd(RIGHT, Permission.CONFIGURE, finish_right),
    ),
)
