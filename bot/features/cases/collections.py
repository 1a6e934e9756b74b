"""Where cases and what goes on in them are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.cases.models.alert_groups import AlertGroup
from bot.features.cases.models.assignments import Assignment
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.models.escalations import CallNights, Escalation
from bot.features.cases.models.profiles import SellerProfile, UnreadSellerPage
from bot.features.cases.models.seller_facts import (
    AskedOffers,
    ForgottenSeller,
    SellerFacts,
    UnreadFacts,
)
from bot.features.cases.models.seller_notes import SellerNote
from bot.features.cases.models.signals import Affected

CASES = Collection[Case](
    "cases",
    Case,
    lambda case: case.key,
    ("fingerprint", "seller", "open", "assignee_id", "holding", "snoozed_until"),
    cold=True,
    audited=("open", "assignee_id"),
)


AFFECTED = Collection[Affected](
    "affected", Affected, lambda each: each.key, ("case", "product", "rank"), cold=True
)


ENTRIES = Collection[Entry]("entries", Entry, lambda entry: entry.key, ("case", "day"), packed=True)


ALERT_GROUPS = Collection[AlertGroup]("waves", AlertGroup, lambda group: group.name)


ESCALATIONS = Collection[Escalation]("escalations", Escalation, lambda known: known.thread)


ASSIGNMENTS = Collection[Assignment]("assignments", Assignment, lambda known: known.case)


CALL_NIGHTS = Collection[CallNights]("call_nights", CallNights, lambda known: known.name)


SELLER_PROFILES = Collection[SellerProfile](
    "seller_profiles", SellerProfile, lambda profile: profile.key, ("seller",)
)


UNREAD_SELLER_PAGES = Collection[UnreadSellerPage](
    "unread_seller_pages", UnreadSellerPage, lambda page: page.key
)


SELLER_FACTS = Collection[SellerFacts](
    "seller_facts",
    SellerFacts,
    lambda facts: facts.key,
    ("seller", "vat_mark", "business_mark", "phone_mark"),
)


UNREAD_FACTS = Collection[UnreadFacts]("unread_facts", UnreadFacts, lambda unread: unread.key)


FORGOTTEN_SELLERS = Collection[ForgottenSeller](
    "forgotten_sellers", ForgottenSeller, lambda forgotten: forgotten.seller
)


ASKED_OFFERS = Collection[AskedOffers]("asked_offers", AskedOffers, lambda asked: asked.product)


SELLER_NOTES = Collection[SellerNote]("seller_notes", SellerNote, lambda note: note.seller)
"""What the team writes down of sellers."""
