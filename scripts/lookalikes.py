"""Derive the table of look-alike characters from their drawn shapes.

Run by hand when the table is to be made anew: it needs Noto Sans CJK (Debian: fonts-noto-cjk).
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE = 2
TABLE = Path(__file__).parent.parent / "gridsvc" / "address" / "data" / "lookalikes.txt"
# Cosine of two blurred drawings from which people, scanners and stroke input mix them up.
ALIKE, AT_LEAST_ALIKE = 0.83, 0.76
MOST, AT_LEAST = 12, 3


def characters() -> list[str]:
    """The 6,763 characters of GB 2312."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [c for c in (pair.decode("gb2312", "ignore") for pair in pairs) if c]


def drawing(character: str, font: ImageFont.FreeTypeFont) -> "np.ndarray":
    """A blurred drawing of the character, flat, of mean 0 and length 1."""
    canvas = Image.new("L", (48, 48), 0)
    ImageDraw.Draw(canvas).text((4, -4), character, font=font, fill=255)
    dots = np.asarray(canvas, dtype=np.float32)
    box = np.ones(5) / 5
    for axis in (0, 1):
        dots = np.apply_along_axis(lambda line: np.convolve(line, box, "same"), axis, dots)
    flat = dots[::2, ::2].ravel()
    flat -= flat.mean()
    return np.asarray(flat / np.linalg.norm(flat))


def main() -> None:
    font = ImageFont.truetype(FONT, 40, index=SIMPLIFIED_CHINESE)
    known = characters()
    drawn = np.array([drawing(character, font) for character in known])
    alike = drawn @ drawn.T
    np.fill_diagonal(alike, 0)
    lines = []
    for row, character in enumerate(known):
        order = np.argsort(-alike[row])[:MOST]
        near = [
            known[other]
            for rank, other in enumerate(order)
            if alike[row, other] >= (AT_LEAST_ALIKE if rank < AT_LEAST else ALIKE)
        ]
        if near:
            lines.append(character + "".join(near))
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} characters", file=sys.stderr)


if __name__ == "__main__":
    main()
