"""A programme's logo and colour: small, harmless, visible, or told and left out."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from aimaturity.definitions.colour import contrast, lightened, luminance, mixed
from aimaturity.definitions.load import load_programme
from aimaturity.definitions.logo import MOST_BYTES, BadLogo, logo_uri

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#12436d"/></svg>'
)
PROGRAMME = """\
programme: p
version: 1.0.0
languages: [sv]
title: Hubben
leading_partner: hub
partners:
  - {id: hub, name: Hubben, role: partner, counties: ["12"], offers: [course]}
"""
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def picture(kind: str, size: tuple[int, int] = (40, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#12436d").save(buffer, kind)
    return buffer.getvalue()


def used(folder: Path, name: str, data: bytes | str) -> str:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return logo_uri(folder / name, folder)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_png_and_a_jpeg_are_taken_byte_for_byte(tmp_path: Path, kind: str) -> None:
    data = picture(kind)
    uri = used(tmp_path, f"logga.{kind}", data)
    assert uri == f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def test_an_svg_becomes_a_png_drawn_here(tmp_path: Path) -> None:
    uri = used(tmp_path, "logga.svg", SVG)
    assert uri.startswith("data:image/png;base64,")
    drawn = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
    assert drawn.size == (320, 160)
    assert drawn.convert("RGB").getpixel((10, 10)) == (0x12, 0x43, 0x6D)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="file:///etc/passwd"/>',
        '<image xlink:href="data:image/png;base64,AAAA"/>',
        '<use href="http://example.org/a.svg#b"/>',
        "<style>@import 'http://example.org/a.css';</style>",
        '<rect fill="url(http://example.org/a.svg#b)"/>',
        '<rect onload="alert(1)"/>',
        "<foreignObject><p>å</p></foreignObject>",
    ],
)
def test_an_svg_that_reaches_outside_or_runs_something_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(BadLogo, match="script, a picture or a reference"):
        used(tmp_path, "ond.svg", SVG.replace("</svg>", inside + "</svg>"))


@pytest.mark.parametrize("head", ["<!DOCTYPE svg [<!ENTITY a 'b'>]>", "<?xml-stylesheet href='a.css'?>"])
def test_an_svg_with_entities_or_a_style_sheet_of_its_own_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(BadLogo):
        used(tmp_path, "ond.svg", head + SVG)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"GIF89a", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\xff\xfe\x00\x01", "bara text",
        "<svg>trasig", SVG.replace('width="40" height="20"', 'width="90000" height="2"', 1), b"\xff\xd8\xff" + b"\xff" * 40,
    ],
)  # fmt: skip
def test_what_is_no_picture_or_a_damaged_or_huge_one_is_refused(tmp_path: Path, data: bytes | str) -> None:
    with pytest.raises(BadLogo):
        used(tmp_path, "fel.png", data)


def test_a_picture_of_too_many_bytes_or_pixels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLogo, match="kB"):
        used(tmp_path, "stor.png", picture("png") + b"\0" * MOST_BYTES)
    with pytest.raises(BadLogo, match="pixels"):
        used(tmp_path, "bred.png", picture("png", (5000, 1)))


def test_a_logo_lies_beside_the_programmes_file(tmp_path: Path) -> None:
    (tmp_path / "utanför.png").write_bytes(picture("png"))
    (tmp_path / "inne").mkdir()
    with pytest.raises(BadLogo, match="outside"):
        logo_uri(tmp_path / "inne" / "../utanför.png", tmp_path / "inne")


def programme(folder: Path, more: str) -> Path:
    path = folder / "p.yaml"
    path.write_text(PROGRAMME.replace("leading_partner: hub\n", f"leading_partner: hub\n{more}"), "utf-8")
    return path


def test_a_programme_carries_its_logo_colour_and_funders(tmp_path: Path) -> None:
    (tmp_path / "logga.svg").write_text(SVG, "utf-8")
    loaded = load_programme(
        programme(
            tmp_path,
            "logo: logga.svg\ncolour: '#7A1F5C'\nfunders: [{id: lan, name: Länet, line: {sv: Med stöd av länet}, logo: logga.svg}]\n",
        )
    )
    assert loaded.diagnostics == []
    assert loaded.value is not None
    assert (loaded.value.logo_uri or "").startswith("data:image/png;base64,")
    assert loaded.value.usable_colour == "#7a1f5c"


def test_a_logo_and_a_colour_that_cannot_be_used_are_told_and_left_out(tmp_path: Path) -> None:
    loaded = load_programme(programme(tmp_path, "logo: saknas.png\ncolour: '#ffcc00'\n"))
    assert [d.code for d in loaded.diagnostics] == ["AIM141", "AIM142"]
    assert loaded.value is not None, "the programme's partners still help"
    assert (loaded.value.logo_uri, loaded.value.usable_colour) == (None, None)


def test_contrasts_are_those_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert luminance("#ffffff") == pytest.approx(1)


@given(one=COLOURS, other=COLOURS)
def test_contrast_is_the_same_both_ways_and_at_least_one(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1
    assert mixed(one, other, 0) == one
    assert mixed(one, other, 1) == other


@given(colour=COLOURS)
def test_in_the_dark_every_colour_can_be_made_to_stand_out(colour: str) -> None:
    assert contrast(lightened(colour, "#15191d", 7.5), "#15191d") >= 7.5
