"""Makes the report's fonts: `python -m tools.fonts [FOLDER]`, where FOLDER holds Inter's own OTF files.

Run by hand when the fonts change, never by the build: what it writes lies in `report_templates/fonts/`. FOLDER is
where Debian's package `fonts-inter` puts them unless said otherwise. The same files give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "report_templates" / "fonts"
DEBIAN = Path("/usr/share/fonts/opentype/inter")
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x1E9E]
"""Latin-1 and Latin Extended-A, and the comma-below letters of Romanian."""
SIGNS = "–—‘’‚“”„†•…‰‹›€™−≤≥≠≈→←↑↓₂²³·✓○●□■\u2009\u200a\u202f\u2011\u00ad\u2060\ufffd"
FEATURES = ["kern", "liga", "calt", "tnum", "ccmp", "locl", "mark", "mkmk", "case", "subs", "sups"]


def make(source: Path, weight: int) -> None:
    """The part of one weight that reports need: as OTF for charts, as WOFF2 for pages."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.hinting = False
    options.desubroutinize = True
    options.recalc_timestamp = False
    options.notdef_outline = True
    font = TTFont(source, recalcTimestamp=False)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=LETTERS, text=SIGNS)
    chosen.subset(font)
    for flavor, ending in ((None, "otf"), ("woff2", "woff2")):
        font.flavor = flavor
        font.save(FONTS / f"inter-{weight}.{ending}")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEBIAN
    for weight, style in WEIGHTS.items():
        make(folder / f"Inter-{style}.otf", weight)


if __name__ == "__main__":
    main()
