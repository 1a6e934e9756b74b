"""Where runs, statuses, scores and decisions are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.runs import ItemStatus, Run
from bot.features.checklists.models.score_points import ScorePoint

RUNS = Collection[Run]("runs", Run, lambda run: run.key, ("open", "checklist", "case"))


ITEM_STATUSES = Collection[ItemStatus]("standings", ItemStatus, lambda status: status.key)


SCORES = Collection[ScorePoint]("scores", ScorePoint, lambda point: point.day)


DECISIONS = Collection[Decision]("decisions", Decision, lambda decision: decision.key, ("open",))
