"""What does the jobs about cases."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.features.cases.models.jobs import CaseJob
from bot.features.cases.service import all_offers, seller_facts
from bot.features.cases.service.profiles import ProfileJob


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return it by kind."""
    job = ProfileJob(app)
    return {
        CaseJob.PROFILE: JobHandler(job.run, gave_up=job.gave_up),
        CaseJob.FACTS: seller_facts.handler(app),
        CaseJob.OFFERS: all_offers.handler(app),
    }
