"""Where rights and documents are kept."""

from __future__ import annotations

from bot.core.store import Collection
from bot.features.rights.models import BrandRight, RightsDocument

BRAND_RIGHTS = Collection[BrandRight](
    "rights",
    BrandRight,
    lambda right: right.key,
    audited=("kind", "country", "countries", "status", "expires"),
)


RIGHTS_DOCUMENTS = Collection[RightsDocument](
    "papers",
    RightsDocument,
    lambda paper: paper.key,
    ("party",),
    audited=("kind", "products", "since", "until"),
)
