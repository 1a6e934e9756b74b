"""What the columns of people's tables are: ours, Amazon's listing reports, exports of other tools.

Pure. A column that is none of these is not used, and named to who brings the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from bot.core.marketplaces import Marketplace
from bot.core.prices import is_price_word
from bot.core.text import folded, one_line
from bot.errors import UserError
from bot.features.watchlist.rules.markets import find_market

LONGEST_NAME = 40
"""Characters of a column's name in a sentence."""
COLUMNS = ("asin", "marketplace", "floor", "sku", "daily_units", "title", "conditions")

_NAMES = {
    "asin": "asin; asin1; asin 1; product asin; child asin; (child) asin; amazon asin",
    "product-id": "product-id",
    "product-id-type": "product-id-type",
    "marketplace": """marketplace; marketplaces; market; market place; marketplace name;
        marketplace id; marketplace code; marketplace country; amazon marketplace; selling venue;
        venue; sales channel; channel; country; country code; amazon site; amazon domain; site;
        domain; store; region; locale; Marktplatz; Verkaufskanal; Land; canal de vente; pays;
        place de marché; mercado; canal de venta; canal de ventas; país; canale di vendita; paese;
        verkoopkanaal; marktplaats; marknad; försäljningskanal; rynek; kraj; pazar yeri; ülke;
        販売チャネル; マーケットプレイス; 国""",
    "floor": """floor; price floor; floor price; map; map price; minimum advertised price;
        min price; minimum price; price min; min; lowest price; min allowed price;
        minimum seller allowed price; Mindestpreis;
        prix minimum; precio mínimo; prezzo minimo; preço mínimo; minimumprijs; lägsta pris; cena
        minimalna; en düşük fiyat; 最低価格""",
    "currency": "currency; currency code; price currency; Währung; devise; moneda; divisa; valuta",
    "sku": """sku; own sku; our sku; seller sku; merchant sku; msku; item sku; amazon sku;
        Händler-SKU; Verkäufer-SKU; SKU du vendeur; SKU del vendedor; SKU venditore; 出品者SKU""",
    "daily_units": "daily units; units a day; units per day; daily sales",
    "title": """title; item name; product name; product title; name; Titel; Artikelname;
        Produktname; nom du produit; nombre del producto; nome del prodotto; 商品名""",
    "conditions": "conditions",
}
"""Columns that are read, and what they are called. The names are many, for a cell that is then no
marketplace or no price costs its line, and nothing is guessed. What a listing report calls price
is what we ask, and no floor."""

_IS_ASIN = frozenset({"", "1", "asin"})
"""What a listing report says of a product-id that is an ASIN."""


_WITH_UNIT = re.compile(
    r"(?P<name>.+?)(?:[\s_]*[(\[](?P<unit>[^()\[\]]*)[)\]]|[\s_-]+(?P<last>[^\s_()\[\]-]+))\s*"
)
"""``MAP (EUR)``, ``floor_usd``"""
_ORIGIN = "origin"
_REGIONS = {"amazonna": "na", "amazoneu": "eu"}
"""What a listing report calls Amazon's warehouses: those of several marketplaces."""
_KEYS = {folded(name): key for key, names in _NAMES.items() for name in names.split(";")}


class Header(msgspec.Struct, frozen=True):
    """The columns of a table."""

    names: tuple[str, ...]
    """As they are written."""
    keys: tuple[str, ...]
    """What each is; empty for what is not used."""
    units: tuple[str, ...]
    """The currency that a name tells, as it is written; empty for none."""

    @staticmethod
    def of(cells: Iterable[str]) -> Header | None:
        """Read the line that names the columns; None where none of them has products."""
        names = tuple(cell.strip().strip("'").strip() for cell in cells)
        understood = [_understood(name) for name in names]
        keys, units = tuple(key for key, _ in understood), tuple(unit for _, unit in understood)
        return Header(names, keys, units) if {"asin", "product-id"} & {*keys} else None

    @property
    def unused(self) -> list[str]:
        """The columns that are not used, by their names."""
        return [name for name, key in zip(self.names, self.keys, strict=True) if name and not key]

    @property
    def renamed(self) -> list[str]:
        """How columns were understood that have other names than ours."""
        return [
            f"{name} as {key}"
            for name, key in zip(self.names, self.keys, strict=True)
            if key in COLUMNS and folded(name) != folded(key)
        ]

    def name_of(self, key: str) -> str:
        """Return what the table calls a column; empty where it has none."""
        named = dict(zip(self.keys, self.names, strict=True))
        return named.get(key, named.get("product-id", "") if key == "asin" else "") if key else ""

    def other_market(self, cells: Sequence[str], code: str) -> str:
        """Say which column that is not used names another marketplace than ``code``, or nothing.

        So a table whose column has a name that is not known is never taken for the home
        marketplace's. Where a product was made is another thing.
        """
        here = Marketplace.named(code)
        for name, key, cell in zip(self.names, self.keys, cells, strict=False):
            if key or not 0 < len(cell) <= LONGEST_NAME or not _is_elsewhere(cell, here):
                continue
            if _ORIGIN not in folded(name):
                return (
                    f"The column {one_line(name, LONGEST_NAME)!r} says {cell.strip()!r}, but this "
                    f"product would be watched on amazon.{here.domain}. Rename that "
                    "column to marketplace, or remove it."
                )
        return ""

    def without_twins(self, rows: Iterable[Sequence[str]]) -> Header:
        """Return the header in which each column is there once.

        ``rows`` is read only if a column is there twice. One of both has to be empty in every
        row, or both the same.

        Raises:
            UserError: two columns are the same thing and say different things.
        """
        places: dict[str, list[int]] = {}
        for place, key in enumerate(self.keys):
            if key:
                places.setdefault(key, []).append(place)
        twins = {key: found for key, found in places.items() if len(found) > 1}
        if not twins:
            return self
        kept = self._kept(twins, rows)
        keys = tuple(
            key if key not in twins or place == kept[key] else ""
            for place, key in enumerate(self.keys)
        )
        names = tuple(
            f"{name} (the same as column {kept[key] + 1})"
            if key in twins and place != kept[key]
            else name
            for place, (name, key) in enumerate(zip(self.names, self.keys, strict=True))
        )
        return Header(names, keys, self.units)

    def _called(self, place: int) -> str:
        return f"column {place + 1} ({one_line(self.names[place], LONGEST_NAME)})"

    def _kept(
        self, twins: Mapping[str, list[int]], rows: Iterable[Sequence[str]]
    ) -> dict[str, int]:
        """Return which column of each twins counts: the only one that is ever filled, or the first.

        Raises:
            UserError: neither is so.
        """
        filled: dict[str, set[int]] = {key: set() for key in twins}
        differ: set[str] = set()
        for row in rows:
            for key, places in twins.items():
                cells = [row[place].strip() if place < len(row) else "" for place in places]
                filled[key] |= {place for place, cell in zip(places, cells, strict=True) if cell}
                if len({_meant(key, cell) for cell in cells}) > 1:
                    differ.add(key)
        for key in differ:
            if len(filled[key]) > 1:
                names = " and ".join(map(self._called, twins[key]))
                message = f"Two columns both mean {key} and differ: {names}. Remove one."
                raise UserError(message)
        return {key: min(filled[key], default=places[0]) for key, places in twins.items()}


@lru_cache(maxsize=4096)
def _is_elsewhere(cell: str, here: Marketplace) -> bool:
    """Tell whether a cell names another marketplace, or another region's warehouses."""
    market, region = find_market(cell), _REGIONS.get(folded(cell), here.region)
    return market not in (None, here) or region != here.region


def _understood(name: str) -> tuple[str, str]:
    """Return what a column is, and the currency that its name tells."""
    if key := _KEYS.get(folded(name)):
        return key, ""
    found = _WITH_UNIT.fullmatch(name)
    unit = (found["unit"] or found["last"] or "") if found else ""
    if found is None or not is_price_word(unit):
        return "", ""
    key = _KEYS.get(folded(found["name"]), "")
    return (key, unit) if key == "floor" else ("", "")


def floor_in(cells: Mapping[str, str]) -> str:
    """Return the cell that has a line's floor, behind the currency that a column of its own names.

    What is then in another currency than the marketplace's is refused where the price is read.
    """
    floor, currency = cells.get("floor", ""), cells.get("currency", "")
    return f"{currency} {floor}" if floor and currency else floor


def _meant(key: str, cell: str) -> str:
    market = find_market(cell) if key == "marketplace" else None
    return market.code if market else cell


def product_in(cells: Mapping[str, str]) -> str:
    """Return the cell that names a line's product: amazon.fr's listing report has no asin1.

    Raises:
        UserError: it is another kind of number than an ASIN.
    """
    asin, other = cells.get("asin", ""), cells.get("product-id", "")
    kind = cells.get("product-id-type", "").strip().lower()
    if asin or not other:
        return asin
    if kind not in _IS_ASIN:
        message = "The product-id is not an ASIN: its product-id-type is not 1. Add an asin column."
        raise UserError(message)
    return other
