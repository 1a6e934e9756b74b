"""What the feature brings."""

from __future__ import annotations

from bot.core.events import on
from bot.core.feature import Feature
from bot.features.cases.models.events import WordsRemoved
from bot.features.letters import commands
from bot.features.letters.collections import LETTERS
from bot.features.letters.flows.buyer import BUYER, BUYER_TEXT
from bot.features.letters.flows.sent import LETTER_ANSWER, LETTER_SENT
from bot.features.letters.flows.support import SUPPORT
from bot.features.letters.flows.support_text import SUPPORT_TEXT
from bot.features.letters.service.due_dates import due_messages
from bot.features.letters.service.letters import tell
from bot.features.letters.service.redacting import LETTER_WORDS, remove_words

FEATURE = Feature(
    name="letters",
    collections=(LETTERS,),
    commands=commands.COMMANDS,
    buttons=commands.CLICKS,
    flows=(BUYER, BUYER_TEXT, LETTER_ANSWER, LETTER_SENT, SUPPORT, SUPPORT_TEXT),
    due=(due_messages,),
    todo=(tell,),
    redactable=(LETTER_WORDS,),
    on=(on(WordsRemoved, remove_words),),
)
