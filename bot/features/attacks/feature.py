"""What the feature brings."""

from __future__ import annotations

from bot.core.feature import Feature
from bot.core.flows.ends import FlowEnd
from bot.core.permissions import Permission
from bot.features.attacks import collections
from bot.features.attacks.commands import attacks
from bot.features.attacks.commands.attack import finish_attack
from bot.features.attacks.flows import ATTACK
from bot.features.attacks.service.charts import ATTACKS, attack_pictures

FEATURE = Feature(
    name="attacks",
    collections=(collections.ATTACKS,),
    commands=attacks.COMMANDS,
    buttons=attacks.CLICKS,
    flows=(FlowEnd(ATTACK, Permission.WORK_CASES, finish_attack),),
    charts={ATTACKS: attack_pictures},
)
