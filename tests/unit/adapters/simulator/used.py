"""The small world with a family, and a story: used goods join, and a page is taken over."""

import functools

from adapters.simulator import Scenario, parse_scenario
from tests.unit.adapters.simulator.small import BOARD, BOWL, OWN, PAN, PRODUCTS, TIED

FAMILY = "B0FAMILY01"
STRANGE = "B0STRANGE1"
USED, REFURBISHED = "A6USEDSELLER01", "A7REFURBSELLER"

STORY = f"""
[[event]]
at = 100
kind = "arrive"
[event.offer]
asin = "{PAN}"
seller = "{USED}"
condition = "Used"
sub_condition = "VeryGood"
price = "9.00"
shipping = "2.50"

[[event]]
at = 110
kind = "arrive"
[event.offer]
asin = "{PAN}"
seller = "{REFURBISHED}"
condition = "Refurbished"
price = "15.00"
fba = true

[[event]]
at = 200
kind = "content"
asin = "{PAN}"
title = "Phone case"
brand = "Other"
bullets = ["Soft"]
description = ""
product_type = "PHONE_CASE"
parent = "{STRANGE}"
image = {{ shape = "knife", colour = "#000000" }}

[[event]]
at = 250
kind = "content"
asin = "{BOARD}"
parent = "{FAMILY}"

[[event]]
at = 300
kind = "content"
asin = "{PAN}"
bullets = []
parent = ""

[[event]]
at = 400
kind = "buy_box"
asin = "{PAN}"
sellers = ["{OWN}", "{TIED[0]}"]

[[event]]
at = 500
kind = "buy_box"
asin = "{PAN}"
sellers = []
"""


@functools.cache
def used_scenario() -> Scenario:
    """The pan and the bowl are a family; the pan has two new offers, then others."""
    products = PRODUCTS.replace(
        'bullets = ["Round", "Flat"]',
        'bullets = ["Round", "Flat"]\ndescription = "A <b>pan</b>."\n'
        f'product_type = "SAUCEPAN"\nparent = "{FAMILY}"\nean = "4006381333931"',
    ).replace('title = "Bowl"', f'title = "Bowl"\nparent = "{FAMILY}"')
    family = f"""
[[product]]
asin = "{FAMILY}"
marketplace = "ATVPDKIKX0DER"
title = "Pans and bowls"
brand = "Small & Co"
currency = "USD"
sales_rank = 1
image = {{ shape = "pan", colour = "#aa3311" }}
"""
    sellers = [
        f'[[seller]]\nid = "{seller}"\nname = "Shop"\ncountry = "US"\nfeedback = 1\npositive = 90'
        for seller in (OWN, TIED[0], USED, REFURBISHED)
    ]
    offers = [
        f'[[offer]]\nasin = "{PAN}"\nseller = "{OWN}"\nprice = "20.00"\nfba = true\nprime = true',
        f'[[offer]]\nasin = "{PAN}"\nseller = "{TIED[0]}"\nprice = "25.00"',
    ]
    return parse_scenario("\n".join([products, family, *sellers, *offers, STORY]))


__all__ = ["BOARD", "BOWL", "FAMILY", "PAN", "REFURBISHED", "STRANGE", "USED", "used_scenario"]
