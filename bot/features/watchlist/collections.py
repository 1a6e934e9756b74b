"""Where products, what was seen of them, and sellers are kept."""

from __future__ import annotations

from bot.core.condition_history import ConditionHistory
from bot.core.history import History
from bot.core.listing import Watch, WatchStatus
from bot.core.store import Collection
from bot.features.watchlist.models.account_records import AccountRecord
from bot.features.watchlist.models.first_looks import FirstLooks
from bot.features.watchlist.models.health import SourceFault
from bot.features.watchlist.models.listing_records import ListingRecord
from bot.features.watchlist.models.own_listings import BrandProduct, KnownListing, ListingsPreview
from bot.features.watchlist.models.price_blocks import PriceBlock
from bot.features.watchlist.models.push import HeardNotification, PushState, UnreadableMessage
from bot.features.watchlist.models.sellers import Seller
from bot.features.watchlist.models.skus import SkuCheck

WATCHES = Collection[Watch](
    "watches",
    Watch,
    lambda watch: watch.key,
    indexes=("sku",),
    audited=("floor", "daily_units", "new_only"),
)


STATUSES = Collection[WatchStatus]("statuses", WatchStatus, lambda status: status.key)


HISTORIES = Collection[History]("histories", History, lambda history: history.key)


PRICE_BLOCKS = Collection[PriceBlock](
    "price_blocks", PriceBlock, lambda block: block.key, packed=True
)
"""The records of products' prices, but for their ends, which are in the histories."""


CONDITION_HISTORIES = Collection[ConditionHistory](
    "condition_histories", ConditionHistory, lambda history: history.key
)
"""What is known of offers that are not new."""


SELLERS = Collection[Seller](
    "sellers",
    Seller,
    lambda seller: seller.id,
    audited=("authorised", "left_alone", "until", "documents"),
)


SOURCE_FAULTS = Collection[SourceFault]("source_faults", SourceFault, lambda fault: fault.scope)


SKU_CHECKS = Collection[SkuCheck](
    "sku_checks", SkuCheck, lambda check: check.key, indexes=("verdict",)
)


KNOWN_LISTINGS = Collection[KnownListing](
    "known_listings", KnownListing, lambda known: known.key, indexes=("offer",), cold=True
)
"""Our own listings, as the account told them last."""


LISTINGS_PREVIEWS = Collection[ListingsPreview](
    "listings_previews", ListingsPreview, lambda preview: preview.id
)
"""What was read of the account and offered to the team."""


LISTING_RECORDS = Collection[ListingRecord](
    "listing_records", ListingRecord, lambda record: record.key, indexes=("untold",)
)
"""How our listings are, as it is known and told."""


ACCOUNT_RECORDS = Collection[AccountRecord](
    "account_records", AccountRecord, lambda record: record.marketplace
)
"""How Amazon rates our account, by the marketplace's code."""


BRAND_PRODUCTS = Collection[BrandProduct](
    "brand_products", BrandProduct, lambda product: product.key, indexes=("offer",), cold=True
)
"""Products of our brand that the account does not list, as a search found them last."""


FIRST_LOOKS = Collection[FirstLooks]("first_looks", FirstLooks, lambda looks: looks.id)
"""First looks at many new products that are still going on."""


HEARD_NOTIFICATIONS = Collection[HeardNotification](
    "heard_notifications", HeardNotification, lambda heard: heard.place
)


UNREADABLE_MESSAGES = Collection[UnreadableMessage](
    "unreadable_messages", UnreadableMessage, lambda message: message.place
)


PUSH_STATES = Collection[PushState]("push_states", PushState, lambda state: state.name)
