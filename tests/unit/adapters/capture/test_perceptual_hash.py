"""A picture looks the same however it is compressed, and unlike another."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from PIL import Image, ImageDraw, ImageOps

from adapters.capture.perceptual_hash import perceptual_hash
from bot.errors import UserError
from checks.listings.looks import ALIKE
from tests.cases import for_each
from tests.unit.adapters.capture.pixels import halves, saved

SEEDS = range(5)


def product(seed: int, side: int = 600) -> Image.Image:
    """Draw a product as Amazon wants it: on white, filling most of the picture."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(picture)
    for _ in range(9):
        x, y = chance.uniform(0.05, 0.6) * side, chance.uniform(0.05, 0.6) * side
        wide, high = chance.uniform(0.1, 0.4) * side, chance.uniform(0.1, 0.4) * side
        colour = tuple(chance.randrange(20, 230) for _ in range(3))
        shape = chance.choice((draw.rectangle, draw.ellipse))
        shape((x, y, x + wide, y + high), fill=colour)
    return picture


def bits(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def look(picture: Image.Image, form: str = "PNG", **how: object) -> str:
    return perceptual_hash(saved(picture, form, **how))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_picture_compressed_again_looks_the_same(seed: int) -> None:
    original = look(product(seed))
    again = [look(product(seed), "JPEG", quality=quality) for quality in (95, 60, 25)]
    again.append(look(product(seed), "WEBP", quality=40))
    assert max(bits(original, each) for each in again) <= 6


@for_each("seed", SEEDS)
@for_each("side", [75, 300, 1600])
def test_a_picture_in_another_size_looks_the_same(seed: int, side: int) -> None:
    scaled = product(seed).resize((side, side), Image.Resampling.LANCZOS)
    assert bits(look(product(seed)), look(scaled, "JPEG", quality=70)) <= 6


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mirrored_picture_is_another_one(seed: int) -> None:
    assert bits(look(product(seed)), look(ImageOps.mirror(product(seed)))) > ALIKE


def test_other_pictures_are_far_away() -> None:
    looks = [look(product(seed, 300)) for seed in range(30)]
    assert min(bits(one, other) for one, other in combinations(looks, 2)) > ALIKE


def test_a_white_picture_has_no_look_that_noise_could_change() -> None:
    white = Image.new("RGB", (500, 500), "white")
    noisy = white.copy()
    for place in range(0, 500, 7):
        noisy.putpixel((place, place), (254, 255, 253))
    assert look(white) == look(noisy, "JPEG", quality=30)


def test_a_hash_is_64_bits_in_hexadecimal_digits() -> None:
    found = look(halves())
    assert len(found) == 16
    assert int(found, 16) < 2**64


def test_what_is_transparent_looks_as_on_white() -> None:
    through = product(1).convert("RGBA")
    through.putalpha(product(1).convert("L").point(lambda level: 0 if level == 255 else 255))
    assert bits(look(product(1)), look(through)) <= 6


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xd8\xff\xe0 no picture"])
def test_what_is_no_picture_has_no_look(content: bytes) -> None:
    with pytest.raises(UserError):
        perceptual_hash(content)
