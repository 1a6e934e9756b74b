"""Pictures to try things on, with notes of the camera that nobody else should see."""

from __future__ import annotations

import io

from PIL import Image

ORIENTATION, MAKER, GPS, LATITUDE = 0x0112, 0x010F, 0x8825, 2
RED, BLUE = (200, 30, 40), (30, 40, 200)
HIDDEN = (b"Quistorp", b"Exif", b"GPS", b"Phone 17", b"ICC_PROFILE", b"xmp", b"secret")


def halves(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Draw a picture that is red on its left and blue on its right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def saved(picture: Image.Image, form: str, **how: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **how)
    return written.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[ORIENTATION] = orientation
    found[MAKER] = "Phone 17 of A. Quistorp"
    found.get_ifd(GPS).update({1: "N", LATITUDE: (49.0, 45.0, 30.0), 3: "E", 4: (6.0, 38.0, 9.0)})
    return found


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def near(picture: Image.Image, place: tuple[float, float], colour: tuple[int, int, int]) -> bool:
    """Tell whether the colour is there, at a place in parts of width and height."""
    found = picture.convert("RGB").getpixel(
        (int(place[0] * picture.width), int(place[1] * picture.height))
    )
    assert isinstance(found, tuple)
    return all(abs(one - other) < 30 for one, other in zip(found, colour, strict=True))
