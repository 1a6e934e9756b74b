"""The small world of these tests: a pan with five offers, an empty bowl, a crowded board."""

import functools

from adapters.simulator import Scenario, parse_scenario

PAN = "B0TEST0PAN"
BOWL = "B0TESTBOWL"
BOARD = "B0TESTBORD"
UNKNOWN = "B0NOWHERE1"
OWN = "A0OWNSELLER01"
SKU = "OWN/PAN 1"
CHEAP = "A1CHEAPSELLER"
TIED = ("A2TIEDSELLER1", "A3TIEDSELLER2", "A4TIEDSELLER3")
CROWD = tuple(f"A5CROWDMEMBER{number:02}" for number in range(25))

PRODUCTS = f"""
name = "small"
own_seller = "{OWN}"

[[product]]
asin = "{PAN}"
marketplace = "ATVPDKIKX0DER"
title = "Pan <script>alert(1)</script>"
brand = "Small & Co"
currency = "USD"
list_price = "30.00"
sales_rank = 7
image = {{ shape = "pan", colour = "#aa3311" }}
bullets = ["Round", "Flat"]

[[product]]
asin = "{BOWL}"
marketplace = "ATVPDKIKX0DER"
title = "Bowl"
brand = "Small & Co"
currency = "USD"
sales_rank = 8
image = {{ shape = "bowl", colour = "#22aa44" }}

[[product]]
asin = "{BOARD}"
marketplace = "ATVPDKIKX0DER"
title = "Board"
brand = "Small & Co"
currency = "USD"
sales_rank = 9
image = {{ shape = "board", colour = "#885522" }}
"""

STORY = f"""
[[event]]
at = 100
kind = "price"
asin = "{PAN}"
seller = "{OWN}"
price = "12.00"

[[event]]
at = 200
kind = "hidden"
asin = "{PAN}"
count = 3

[[event]]
at = 300
kind = "title"
asin = "{PAN}"
title = "Another pan"

[[event]]
at = 400
kind = "buy_box"
asin = "{PAN}"
sellers = []

[[fault]]
from = 500
to = 510
kind = "html_503"
operation = "getCompetitivePricing"
"""


@functools.cache
def small_scenario() -> Scenario:
    """Offers on the pan: CHEAP 18 + 1, OWN 20 (FBA, Prime), three tied at 25."""
    sellers = [(OWN, "US", 900), (CHEAP, "CN", 3)]
    sellers += [(seller, "US", 50) for seller in (*TIED, *CROWD)]
    offers = [
        f'asin = "{PAN}"\nseller = "{OWN}"\nprice = "20.00"\nfba = true\nprime = true\n'
        f'sku = "{SKU}"',
        f'asin = "{PAN}"\nseller = "{CHEAP}"\nprice = "18.00"\nshipping = "1.00"',
    ]
    offers += [f'asin = "{PAN}"\nseller = "{seller}"\nprice = "25.00"' for seller in TIED]
    offers += [
        f'asin = "{BOARD}"\nseller = "{seller}"\nprice = "{30 + place}"'
        for place, seller in enumerate(CROWD)
    ]
    parts = [PRODUCTS]
    parts += [
        f'[[seller]]\nid = "{seller}"\nname = "Shop {seller}"\ncountry = "{country}"\n'
        f"feedback = {feedback}\npositive = 90"
        for seller, country, feedback in sellers
    ]
    parts += [f"[[offer]]\n{offer}" for offer in offers]
    return parse_scenario("\n".join([*parts, STORY]))
