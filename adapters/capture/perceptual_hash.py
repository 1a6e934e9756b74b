"""What a picture looks like, in 64 bits: nearly the same after compression and scaling.

Coarse waves of brightness, by the discrete cosine transform, each above or below the median of all.
Two pictures are compared by how many bits differ. It takes up to a second of a large picture and
belongs off the event loop.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from PIL import Image

from adapters.capture.pictures import decoded

SIDE = 32
"""Pixels of the square that is looked at."""
WAVES = 8
"""Waves across and down; finer ones are what compression changes."""
FAINT = 1.0
"""Levels of brightness. Fainter waves are noise, as in a picture that is nearly white."""

_WAVES = [
    [math.cos(math.pi * wave * (2 * place + 1) / (2 * SIDE)) for place in range(SIDE)]
    for wave in range(WAVES)
]


def perceptual_hash(content: bytes) -> str:
    """Return what a picture looks like, in 16 hexadecimal digits.

    Raises:
        UserError: it is no picture that is taken, too large, or cannot be decoded.
    """
    _, picture = decoded(content)
    small = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    pixels = small.tobytes()
    rows = [pixels[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    across = [[_strength(row, wave) for wave in _WAVES] for row in rows]
    waves = [
        [_strength([row[column] for row in across], wave) for column in range(WAVES)]
        for wave in _WAVES
    ]
    return _bits([_clear(strength) for row in waves for strength in row])


def _strength(values: Sequence[float], wave: Sequence[float]) -> float:
    return sum(value * part for value, part in zip(values, wave, strict=True))


def _clear(strength: float) -> float:
    """Return a wave's strength in levels of brightness, 0 where it is faint."""
    level = strength * 2 / SIDE
    return level if abs(level) >= FAINT else 0.0


def _bits(levels: list[float]) -> str:
    # The first wave is the brightness of the whole picture, far above all others.
    middle = median(levels[1:])
    number = 0
    for level in levels:
        number = number << 1 | (level > middle)
    return f"{number:0{WAVES * WAVES // 4}x}"
