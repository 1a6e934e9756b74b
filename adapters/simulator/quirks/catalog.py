"""Faults in a catalogue item."""

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.faults import Fault, Strike
from adapters.simulator.wire.catalog import Item, Summary


def distort_item(item: Item, strike: Strike) -> Item:
    """The item after every fault that strikes."""
    if strike(Fault.MISSING_DATA_SET) is not None:
        item = replace(
            item, attributes=UNSET, identifiers=UNSET, product_types=UNSET, relationships=UNSET
        )
    if strike(Fault.MISSING_FIELDS) is None:
        return item
    bare = UNSET if item.summaries is UNSET else tuple(_bare(one) for one in item.summaries)
    return replace(item, images=UNSET, sales_ranks=UNSET, summaries=bare)


def _bare(summary: Summary) -> Summary:
    return Summary(marketplace_id=summary.marketplace_id, item_name=summary.item_name)
