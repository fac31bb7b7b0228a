"""Lines: what fits where, whatever is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from aimaturity.interview.screens.lines import Piece, cut, ends, flowing, hanging, padded, plain_signs, width_of, wrap

WORDS = st.text(st.sampled_from("abcåäö✓ 漢字\n\t\u00a0…–"), max_size=120)
WIDTHS = st.integers(2, 60)


@given(WORDS, WIDTHS)
def test_wrapped_text_fits_and_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert all(cell_len(line) <= width for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == text.replace("\n", "").replace("\t", "").replace(" ", "")


def test_words_are_broken_at_spaces_and_a_space_that_must_not_break_does_not() -> None:
    assert wrap("Hur får ni fram data?", 10) == ["Hur får ni", "fram data?"]
    assert wrap("nu ▲\u00a0ett\u00a0steg upp", 12) == ["nu", "▲\u00a0ett\u00a0steg", "upp"]
    assert wrap("", 10) == [""]


@given(WORDS, WIDTHS)
def test_cut_and_padded_text_keep_to_their_columns(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cell_len(padded(text, width)) == width


@given(
    st.lists(st.text("abcå", min_size=1, max_size=8), min_size=2, max_size=12), st.integers(20, 60), st.integers(1, 3)
)
def test_a_footer_keeps_to_its_lines_and_never_loses_its_last_two_words(
    words: list[str], width: int, most: int
) -> None:
    lines = flowing([Piece(word) for word in words], width, most, always=2)
    assert len(lines) <= most
    assert all(width_of(line) <= width for line in lines)
    shown = [piece.text for line in lines for piece in line if piece.text.strip()]
    assert shown[-2:] == words[-2:]
    assert shown[:-2] == words[: len(shown) - 2]


@given(WORDS.map(lambda text: " ".join(text.split())), st.integers(30, 80))
def test_further_lines_hang_under_the_text(text: str, width: int) -> None:
    lines = hanging("   1  ( ) ", text, width)
    assert all(width_of(line) <= width for line in lines)
    assert all(line[0].text == " " * 10 for line in lines[1:])


def test_the_right_end_goes_first_where_there_is_no_room() -> None:
    assert "".join(piece.text for piece in ends([Piece("vänster")], "höger", 20)) == "vänster        höger"
    assert "".join(piece.text for piece in ends([Piece("vänster")], "höger", 12)) == "vänster"


@given(st.text(st.sampled_from("✓?–○·▸(●)█░─…ÅåäöABC 123"), max_size=80))
def test_plain_signs_are_as_wide_as_the_others(text: str) -> None:
    plain = plain_signs(text)
    assert len(plain) == len(text)
    assert set(plain) <= set(map(chr, range(32, 127))) | set("Ååäö")
