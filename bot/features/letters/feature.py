"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature
from bot.core.flows.ends import FlowEnd
from bot.core.permissions import Permission
from bot.features.letters.collections import LETTERS
from bot.features.letters.commands import buyer, letters, support
from bot.features.letters.commands.buyer import finish_buyer, finish_message
from bot.features.letters.commands.letters import finish_answered, finish_sent
from bot.features.letters.commands.support import finish_request, finish_support
from bot.features.letters.flows.buyer import BUYER, BUYER_TEXT
from bot.features.letters.flows.letters import LETTER_ANSWER, LETTER_SENT
from bot.features.letters.flows.support import SUPPORT, SUPPORT_TEXT
from bot.features.letters.service.letters import tell

FEATURE = Feature(
    name="letters",
    collections=(LETTERS,),
    commands=(*support.COMMANDS, *buyer.COMMANDS, *letters.COMMANDS),
    buttons=(*letters.CLICKS, *support.CLICKS),
    flows=(
        FlowEnd(BUYER, Permission.WORK_CASES, finish_buyer),
        FlowEnd(BUYER_TEXT, Permission.WORK_CASES, finish_message),
        FlowEnd(LETTER_ANSWER, Permission.WORK_CASES, finish_answered),
        FlowEnd(LETTER_SENT, Permission.WORK_CASES, finish_sent),
        FlowEnd(SUPPORT, Permission.WORK_CASES, finish_support),
        FlowEnd(SUPPORT_TEXT, Permission.WORK_CASES, finish_request),
    ),
    todo=(tell,),
)
