"""Units in all ways of writing them, and how many of a smaller one they are."""

from __future__ import annotations

from decimal import Decimal

from checks.wording.unit_names import RATES, WRITTEN

LENGTH, MASS, VOLUME, CHARGE, POWER = "mm", "mg", "ml", "mah", "w"
CURRENT, TENSION, FREQUENCY, ENERGY = "ma", "mv", "hz", "wh"


UNITS = {way: unit for unit, ways in (WRITTEN | RATES).items() for way in ways.split("|")}
"""The unit of each way of writing one, which may have up to three words."""
OVER = "/"
"""What parts the two units of a rate, as in ``mi/h``."""
WORDS_AT_MOST = 3

_METRIC = {
    LENGTH: {"µm": "0.001", "mm": "1", "cm": "10", "m": "1000", "km": "1000000"},
    MASS: {"µg": "0.001", "mg": "1", "g": "1000", "kg": "1000000"},
    VOLUME: {"ml": "1", "cl": "10", "dl": "100", "l": "1000"},
    CHARGE: {"mah": "1", "ah": "1000"},
    POWER: {"mw": "0.001", "w": "1", "kw": "1000"},
    CURRENT: {"ma": "1", "a": "1000"},
    TENSION: {"mv": "1", "v": "1000", "kv": "1000000"},
    FREQUENCY: {"hz": "1", "khz": "1000", "mhz": "1000000", "ghz": "1000000000"},
    ENERGY: {"wh": "1", "kwh": "1000"},
}
IN_SMALLER = {
    unit: (base, Decimal(factor))
    for base, units in _METRIC.items()
    for unit, factor in units.items()
}
"""For each metric unit the one in which its kind is compared, and how many of these it is."""

LENGTHS = frozenset({*_METRIC[LENGTH], "in", "ft", "yd"})
"""Units of a side: 36 x 27 in is 36 in x 27 in."""
SHARED = frozenset(
    (
        *(*IN_SMALLER, *LENGTHS, "oz", "lb", "floz", "gal", "°c", "°f", "°", "%"),
        *("month", "year", "week", "day", "h", "min", "sec"),
    )
)
"""Units that are written behind the last number of a list alone: 20, 24 and 28 cm."""
BELOW_ZERO = frozenset({"°c", "°f", "°", "db"})
"""Units before whose number a hyphen is a minus wherever it stands."""
