"""Colours as WCAG sees them: relative luminance and contrast."""

from __future__ import annotations

LEAST_TEXT = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text and its ground."""
LEAST_SHAPE = 3.0
"""WCAG 2.2, 1.4.11: the least contrast of a shape that carries meaning."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else float(((p + 0.055) / 1.055) ** 2.4) for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of the second colour in the first, channel by channel."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lightened(colour: str, ground: str, least: float) -> str:
    """The colour with so much white in it that it stands out from a dark ground; steps of a twentieth."""
    steps = (mixed(colour, "#ffffff", step / 20) for step in range(21))
    return next((made for made in steps if contrast(made, ground) >= least), "#ffffff")
