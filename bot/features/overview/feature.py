"""What the feature brings."""

from __future__ import annotations

from bot.core.calendar_file import CalendarFile
from bot.core.events import answers, on
from bot.core.feature import DUE, Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.core.undo.models import Undone
from bot.features.overview.collections import DIGEST_DAYS
from bot.features.overview.commands import guide, people, sessions, team, todo
from bot.features.overview.flows.person import ADD_PERSON
from bot.features.overview.flows.settings import SETTINGS
from bot.features.overview.service.digest import DailyDigest
from bot.features.overview.service.due_dates import calendar_file
from bot.features.overview.service.products import PRODUCTS
from bot.features.overview.service.routes import follow_undone
from bot.features.overview.service.suggestions import suggest

FEATURE = Feature(
    name="overview",
    collections=(DIGEST_DAYS,),
    commands=(
        *todo.COMMANDS,
        *team.COMMANDS,
        *sessions.COMMANDS,
        *people.COMMANDS,
        *guide.COMMANDS,
    ),
    buttons=(*team.BUTTONS, *people.BUTTONS),
    flows=(SETTINGS, ADD_PERSON),
    on=(on(Undone, follow_undone),),
    periodic=(PeriodicTask(Work.DIGEST, DailyDigest, DUE),),
    answers=(answers(CalendarFile, calendar_file),),
    suggest=suggest,
    tables=(PRODUCTS,),
)
