"""Pictures of products as PNG, for whoever takes no drawing, as Amazon's own are none."""

from __future__ import annotations

import io

from PIL import Image as Pixels
from PIL import ImageDraw

from adapters.simulator.catalogue import Image, Shape

SIDE = 320
PAPER, STEEL = "#f4f6f8", "#8d97a3"


def painted(image: Image) -> bytes:
    """Return the picture as PNG."""
    pixels = Pixels.new("RGB", (SIDE, SIDE), PAPER)
    draw = ImageDraw.Draw(pixels)
    colour = image.colour
    match image.shape:
        case Shape.PAN:
            draw.rounded_rectangle((196, 150, 308, 170), 10, fill=STEEL)
            draw.ellipse((24, 116, 232, 204), fill=colour)
            draw.ellipse((40, 124, 216, 180), fill=STEEL)
        case Shape.KETTLE:
            draw.arc((90, 40, 230, 190), 180, 360, fill=STEEL, width=14)
            draw.polygon(((214, 170), (290, 110), (300, 124), (226, 230)), fill=colour)
            draw.rounded_rectangle((78, 116, 242, 256), 46, fill=colour)
        case Shape.BOWL:
            draw.pieslice((40, 30, 280, 270), 0, 180, fill=colour)
            draw.ellipse((40, 130, 280, 172), fill=STEEL)
        case Shape.BOARD:
            draw.rounded_rectangle((50, 70, 270, 250), 22, fill=colour)
            draw.ellipse((226, 88, 252, 114), fill=PAPER)
        case Shape.KNIFE:
            draw.polygon(((30, 150), (200, 132), (200, 182), (96, 178)), fill=STEEL)
            draw.rounded_rectangle((198, 136, 300, 170), 12, fill=colour)
        case Shape.MILL:
            draw.ellipse((134, 40, 186, 92), fill=STEEL)
            draw.polygon(((132, 92), (188, 92), (206, 270), (114, 270)), fill=colour)
    written = io.BytesIO()
    pixels.save(written, "PNG")
    return written.getvalue()
