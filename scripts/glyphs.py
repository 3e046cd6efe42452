"""Derive how much alike characters look from their drawn shapes: gridsvc/address/data/shapes.npy.

Run by hand when the table is to be made anew: it needs Noto Sans CJK (Debian: fonts-noto-cjk).
"""

import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gridsvc.address.shapes import TABLE, characters

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE = 2
NUMBERS_A_CHARACTER = 48


def drawing(character: str, font: ImageFont.FreeTypeFont) -> "np.typing.NDArray[np.float32]":
    """A blurred drawing of the character, flat, of mean 0 and length 1."""
    canvas = Image.new("L", (48, 48), 0)
    ImageDraw.Draw(canvas).text((4, -4), character, font=font, fill=255)
    dots = np.asarray(canvas, dtype=np.float32)
    box = np.ones(5) / 5
    for axis in (0, 1):
        dots = np.apply_along_axis(lambda line: np.convolve(line, box, "same"), axis, dots)
    flat = dots[::2, ::2].ravel()
    flat -= flat.mean()
    return np.asarray(flat / np.linalg.norm(flat), dtype=np.float32)


def main() -> None:
    font = ImageFont.truetype(FONT, 40, index=SIMPLIFIED_CHINESE)
    drawn = np.array([drawing(character, font) for character in characters()])
    # The main directions in which drawings differ keep their cosines to about 0.03.
    _, _, axes = np.linalg.svd(drawn, full_matrices=False)
    short = drawn @ axes[:NUMBERS_A_CHARACTER].T
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    np.save(TABLE, np.round(short * 127).astype(np.int8))
    print(f"{len(short)} characters", file=sys.stderr)


if __name__ == "__main__":
    main()
