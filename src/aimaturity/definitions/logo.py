"""A programme's logo: a small picture beside its file, made harmless, ready to lie inside a report.

PNG and JPEG are taken as they are, once their own bytes say what they are and how large. An SVG is a program that
somebody else wrote: it is never put into a report, but drawn here as a PNG, and refused where it reaches outside.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path

MOST_BYTES = 300_000
MOST_PIXELS = 4_000
HEIGHT = 160
"""Pixels that an SVG is drawn high: four times the height in print."""
OUTSIDE = re.compile(
    r"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<script|<foreignObject|<image|<feImage|@import|\son\w+\s*=|javascript:"
    r"|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


class BadLogo(ValueError):
    """Why a logo can't be used; the key of a reason in the catalogue's words."""


def logo_uri(path: Path, folder: Path) -> str:
    """The picture as a `data:` URI of PNG or JPEG. Raises BadLogo, whose text is the reason in English."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise BadLogo("it lies outside the folder of the programme's file")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadLogo(f"it is larger than {MOST_BYTES // 1000} kB")
        data = path.read_bytes()
    except OSError as fault:
        raise BadLogo(fault.strerror or "it can't be read") from fault
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        kind, size = "png", _png_size(data)
    elif data.startswith(b"\xff\xd8\xff"):
        kind, size = "jpeg", _jpeg_size(data)
    else:
        data = _drawn(data)
        kind, size = "png", _png_size(data)
    if size is None or not all(0 < side <= MOST_PIXELS for side in size):
        raise BadLogo(f"it is damaged, or more than {MOST_PIXELS} pixels wide or high")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def picture_in(uri: str) -> bytes:
    """The bytes in a `data:` URI of base64; none where they can't be read."""
    try:
        return base64.b64decode(uri.partition(",")[2], validate=True)
    except ValueError:
        return b""


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the first frame header; None where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return None


def _drawn(data: bytes) -> bytes:
    """An SVG drawn as PNG."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadLogo("it is neither PNG, JPEG nor SVG") from fault
    if "<svg" not in text:
        raise BadLogo("it is neither PNG, JPEG nor SVG")
    if OUTSIDE.search(text):
        raise BadLogo("the SVG holds a script, a picture or a reference to something outside it")
    import vl_convert

    try:
        first = vl_convert.svg_to_png(text)
        size = _png_size(first)
        if size is None or not all(0 < side <= MOST_PIXELS for side in size):
            raise BadLogo(f"it is damaged, or more than {MOST_PIXELS} pixels wide or high")
        made = vl_convert.svg_to_png(text, scale=max(0.1, HEIGHT / size[1]))
    except (ValueError, RuntimeError) as fault:
        raise fault if isinstance(fault, BadLogo) else BadLogo("the SVG can't be drawn") from fault
    if len(made) > MOST_BYTES:
        raise BadLogo(f"drawn, it is larger than {MOST_BYTES // 1000} kB")
    return bytes(made)
