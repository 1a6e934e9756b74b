"""What a shopper sees: product pages, seller pages and pictures.

Everything that comes from the scenario is escaped by the templates.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.simulator.catalogue import Offer, Product, Seller
from adapters.simulator.faults import Fault, Strike
from adapters.simulator.painting import painted
from adapters.simulator.world import Listing, World

HOME = "US"
"""Where the shoppers are."""
FORMS = {
    "infringement": "Amazon's form for infringements",
    "policy": "Seller Central's page 'Report Abuse'",
}
"""Amazon's forms for reports, by the door that they are behind."""
COMPLAINT = "SIM-10223344551"
"""What a report's complaint ID looks like, and no real one."""
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


@dataclass(frozen=True)
class OfferView:
    """An offer as a page shows it; texts are ready to be read, not yet escaped."""

    seller: Seller
    price: str
    shipping: str
    condition: str
    fulfilled_by: str
    ships_from: str
    delivery: str
    prime: bool
    has_buy_box: bool


@dataclass(frozen=True)
class SoldItem:
    """A line of a seller's page."""

    listing: Listing
    offer: OfferView


class Pages:
    """Renders the pages of a world. `now` is scenario time in seconds."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def product(self, asin: str, seller: str | None, now: float) -> web.Response:
        """The product page; `seller` shows that seller's offer in place of the Buy Box."""
        listing = self._world.listing(asin, now)
        if listing is None:
            return self._not_found("We could not find this product.")
        chosen = listing.winners[0] if listing.winners else None
        if seller is not None:
            chosen = listing.offers.get(seller)
        return self._html(
            "product.html",
            listing=listing,
            list_price=_list_price(listing.product),
            asked_for_seller=seller is not None,
            chosen=None if chosen is None else self._view(chosen, listing),
            others=[self._view(offer, listing) for offer in listing.ranked if offer is not chosen],
        )

    def seller(self, seller_id: str, now: float) -> web.Response:
        """The seller page, with everything that the seller offers at the moment."""
        seller = self._world.sellers.get(seller_id)
        if seller is None:
            return self._not_found("We could not find this seller.")
        sold = [
            SoldItem(listing, self._view(listing.offers[seller_id], listing))
            for listing in self._world.listings(now)
            if seller_id in listing.offers
        ]
        return self._html("seller.html", seller=seller, sold=sold)

    def picture(self, asin: str, now: float, *, drawn: bool = True) -> web.Response:
        """The picture of a product, as SVG; as PNG for whoever takes no drawing."""
        listing = self._world.listing(asin, now)
        if listing is None:
            return self._not_found("We could not find this picture.")
        if not drawn:
            return web.Response(body=painted(listing.product.image), content_type="image/png")
        template = self._templates.get_template("picture.svg")
        return web.Response(
            text=template.render(image=listing.product.image), content_type="image/svg+xml"
        )

    def instead(self, strike: Strike, address: str) -> web.Response | None:
        """What a fault shows in place of the page at the address; None when none strikes."""
        if strike(Fault.LOGIN_WALL) is not None:
            where = f"/ap/signin?openid.return_to={quote(address, safe='')}"
            return web.Response(status=302, headers={"Location": where})
        if strike(Fault.CAPTCHA) is not None:
            return self.captcha()
        if strike(Fault.DOG_PAGE) is not None:
            return self.sorry()
        return None

    def report(self, door: str) -> web.Response:
        """What a form of Amazon's asks for, behind one of its two doors. It takes nothing."""
        if door not in FORMS:
            return self._not_found("We could not find this form.")
        return self._html(f"report_{door}.html", real=FORMS[door], complaint=COMPLAINT)

    def login(self) -> web.Response:
        """The page that asks who the shopper is."""
        return self._html("login.html")

    def captcha(self) -> web.Response:
        """The page that asks whether the shopper is a robot."""
        return self._html("captcha.html")

    def sorry(self) -> web.Response:
        """The page of a shop in trouble: a dog, and status 503."""
        return self._html("sorry.html", status=503)

    def _view(self, offer: Offer, listing: Listing) -> OfferView:
        seller = self._world.sellers[offer.seller]
        product = listing.product
        return OfferView(
            seller=seller,
            price=_amount(product, offer.price),
            shipping=f"{_amount(product, offer.shipping)} delivery"
            if offer.shipping
            else "Free delivery",
            condition=offer.condition.value,
            fulfilled_by="The marketplace" if offer.fba else seller.name,
            ships_from=offer.ships_from or seller.country,
            delivery=_delivery(offer, offer.ships_from or seller.country),
            prime=offer.prime,
            has_buy_box=offer in listing.winners,
        )

    def _not_found(self, message: str) -> web.Response:
        return self._html("not_found.html", status=404, message=message)

    def _html(self, template: str, *, status: int = 200, **context: object) -> web.Response:
        text = self._templates.get_template(template).render(context)
        return web.Response(status=status, text=text, content_type="text/html")


def _delivery(offer: Offer, country: str) -> str:
    if offer.fba:
        return "Arrives in 1 to 2 days"
    return "Arrives in 3 to 6 days" if country == HOME else "Arrives in 2 to 4 weeks"


def _amount(product: Product, amount: Decimal) -> str:
    symbol = SYMBOLS.get(product.currency, f"{product.currency} ")
    return f"{symbol}{amount:,.2f}"


def _list_price(product: Product) -> str | None:
    return None if product.list_price is None else _amount(product, product.list_price)
