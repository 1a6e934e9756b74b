"""What does the jobs about cases, and asks a third party when something is raised."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.store import Transaction
from bot.features.cases.models.events import SignalsRaised
from bot.features.cases.models.jobs import CaseJob
from bot.features.cases.service import all_offers, seller_facts
from bot.features.cases.service.profiles import ProfileJob


async def ask_third_party(app: AppContext, tx: Transaction, event: SignalsRaised) -> None:
    """Have it asked who the seller is, and whom Amazon does not list."""
    await seller_facts.ask_for_facts(app, tx, event)
    await all_offers.ask_when_hidden(app, tx, event)


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return it by kind."""
    job = ProfileJob(app)
    return {
        CaseJob.PROFILE: JobHandler(job.run, gave_up=job.gave_up),
        CaseJob.FACTS: seller_facts.handler(app),
        CaseJob.OFFERS: all_offers.handler(app),
    }
