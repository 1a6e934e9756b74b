"""What the feature brings."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import answers, on
from bot.core.feature import Feature, PeriodicTask
from bot.core.scheduler import Work
from bot.core.undo.models import Undone
from bot.features.cases.models.events import PictureOfProduct
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.commands import approving, changing
from bot.features.pages.service.asking import PageAsking
from bot.features.pages.service.batches import jobs
from bot.features.pages.service.following import end_page, follow_undone
from bot.features.pages.service.pictures import picture_of_product
from bot.features.pages.service.unused_pictures import UnusedPictures
from bot.features.pages.service.waiting import tell
from bot.features.watchlist.models.events import WatchEnded

FEATURE = Feature(
    name="pages",
    collections=(GUARDED_PAGES, PAGE_APPROVALS),
    buttons=(*approving.CLICKS, *changing.CLICKS),
    jobs=jobs,
    todo=(tell,),
    answers=(answers(PictureOfProduct, picture_of_product),),
    on=(on(WatchEnded, end_page), on(Undone, follow_undone)),
    periodic=(
        PeriodicTask(Work.PAGES, PageAsking, timedelta(seconds=5)),
        PeriodicTask(Work.PICTURES, UnusedPictures, timedelta(hours=1)),
    ),
)
