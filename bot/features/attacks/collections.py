"""Where attacks are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.attacks.models import Attack

ATTACKS = Collection[Attack]("attacks", Attack, lambda attack: attack.key, ("case",))
