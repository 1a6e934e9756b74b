"""What the feature brings."""

from __future__ import annotations

from bot.core.events import on
from bot.core.feature import Feature
from bot.features.attacks import collections, commands
from bot.features.attacks.flows import ATTACK
from bot.features.attacks.service.charts import ATTACKS, attack_pictures
from bot.features.attacks.service.redacting import ATTACK_WORDS, remove_words
from bot.features.cases.models.events import WordsRemoved

FEATURE = Feature(
    name="attacks",
    collections=(collections.ATTACKS,),
    commands=commands.COMMANDS,
    buttons=commands.CLICKS,
    flows=(ATTACK,),
    charts={ATTACKS: attack_pictures},
    redactable=(ATTACK_WORDS,),
    on=(on(WordsRemoved, remove_words),),
)
