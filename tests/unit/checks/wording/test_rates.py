"""Units and rates are the same in letters and in words, and another unit is another."""

from __future__ import annotations

import pytest

from checks.wording.unit_names import RATES, WRITTEN
from checks.wording.units import WORDS_AT_MOST
from checks.wording.wording import same
from tests.unit.checks.wording.pairs import cases

SAME = {
    "en": [
        ("5 mph", "5 miles per hour"),
        ("5 mph", "5 mi/h"),
        ("60 km/h", "60 kilometers per hour"),
        ("60 kph", "60 kmh"),
        ("150 psi", "150 pounds per square inch"),
        ("60 fps", "60 frames per second"),
        ("300 rpm", "300 r/min"),
        ("480 Mbps", "480 megabits per second"),
        ("2 GPM", "2 gallons per minute"),
        ("80 CFM", "80 cubic feet per minute"),
        ("70 bpm", "70 beats per minute"),
        ("400 GSM", "400 g/sq m"),
        ("180 g/m\N{SUPERSCRIPT TWO}", "180 grams per square meter"),
        ("1.5 L/min", "1500 milliliters per minute"),
        ("5 mg/kg", "5 mg per kg"),
        ("1 per day", "1/day"),
        ("50 lb per shelf", "50 lbs/shelf"),
        ("5 kcal/100 g", "5 kcal per 100 g"),
        ("3 cu ft", "3 cubic feet"),
        ("10 cm\N{SUPERSCRIPT TWO}", "10 square centimeters"),
        ("10 m\N{SUPERSCRIPT THREE}", "10 cubic meters"),
        ("2.4 GHz", "2400 megahertz"),
        ("500 mA", "0.5 A"),
        ("18 Nm", "18 newton meters"),
        ("1000 IU", "1000 international units"),
        ("10 \N{OHM SIGN}", "10 ohms"),
        ("8 AM to 5 PM", "8 a.m. - 5 p.m."),
        ("4-port hub", "4 ports hub"),
        ("\N{PLUS-MINUS SIGN}5%", "+/- 5 %"),
        ("\N{GREATER-THAN OR EQUAL TO} 5 h", ">= 5 h"),
        ("5/32 in", "0.15625 in"),
        ("No. 5", "#5"),
        ("Number 5", "No. 5"),
        ("twenty-four pieces", "24 pieces"),
        ("thirteen", "13"),
        ("1,050 MB/s", "1,050 MBps"),
        ("480 Mb/s", "480 Mbit/s"),
        ("64 GB", "64gb"),
        ("250 ml\N{MULTIPLICATION SIGN}6", "250ml x 6"),
        ("5cmx10cm", "5 cm x 10 cm"),
    ],
    "ja": [("100g\N{MULTIPLICATION SIGN}3袋", "100g x 3袋")],
    "pt": [("180 kg", "180 quilos"), ("5 polegadas", "5 in"), ("20 g", "20 gramas")],
    "nl": [("24 uren", "24 h"), ("6 flessen", "6 fles")],
    "de": [
        ("60 km/h", "60 Kilometer pro Stunde"),
        ("300 U/min", "300 Umdrehungen pro Minute"),
        ("5 cm\N{SUPERSCRIPT THREE}", "5 Kubikzentimeter"),
        ("Nr. 5", "Nummer 5"),
    ],
    "fr": [
        ("60 km/h", "60 kilomètres à l'heure"),
        ("2 000 tours par minute", "2000 tr/min"),
        ("n\N{DEGREE SIGN} 5", "numéro 5"),
    ],
    "es": [("60 km/h", "60 kilómetros por hora"), ("2000 rpm", "2000 revoluciones por minuto")],
    "it": [("60 km/h", "60 chilometri all'ora"), ("5 l/min", "5 litri al minuto")],
}  # fmt: skip
OTHER = {
    "en": [
        ("5 mph", "5 km/h"),
        ("5 miles per hour", "5 miles per minute"),
        ("5 miles per hour", "5 miles"),
        ("5 mi", "5 min"),
        ("60 frames per second", "60 frames per minute"),
        ("2 l/min", "2 l/h"),
        ("150 psi", "150 bar"),
        ("5 m/s", "5 m"),
        ("10 cm\N{SUPERSCRIPT TWO}", "10 cm\N{SUPERSCRIPT THREE}"),
        ("10 sq in", "10 sq ft"),
        ("1 tablet per day", "1 tablet per week"),
        ("5 mg per serving", "50 mg per serving"),
        ("5 g per 100 g", "5 g per 10 g"),
        ("3 per pack", "3 packs"),
        ("5 kWh", "5 kW"),
        ("5 mA", "5 mAh"),
        ("5 kcal", "5 cal"),
        ("5 ppm", "5 ppb"),
        ("1000 IU", "1000 mg"),
        ("8 am", "8 pm"),
        (">= 5", "<= 5"),
        ("4-port hub", "6 ports hub"),
        ("3/32 in", "3/16 in"),
        ("No. 5", "No. 6"),
        ("thirteen", "thirty"),
        ("twenty-four", "twenty"),
        ("1,050 MB/s", "1,050 Mb/s"),
        ("1,050 MBps", "1,050 Mbps"),
        ("64 GB", "64 Gb"),
        ("100 g x 3", "100 g x 2"),
    ],
    "pt": [("180 quilos", "180 gramas")],
    "de": [("300 U/min", "300 U/h"), ("sechzehn", "sechzig")],
}  # fmt: skip


@pytest.mark.parametrize(("tag", "before", "after"), cases(SAME))
def test_a_quantity_in_words_says_the_same(tag: str, before: str, after: str) -> None:
    assert same(before, after, tag)


@pytest.mark.parametrize(("tag", "before", "after"), cases(OTHER))
def test_another_quantity_is_another(tag: str, before: str, after: str) -> None:
    assert not same(before, after, tag)


def test_each_way_of_writing_is_of_one_unit_and_short_enough_to_be_read() -> None:
    ways = [way for table in (WRITTEN, RATES) for each in table.values() for way in each.split("|")]
    assert len(ways) == len(set(ways))
    assert max(len(way.split()) for way in ways) <= WORDS_AT_MOST
