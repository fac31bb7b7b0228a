"""Cells that may hold a personal number, and rows of the same company or respondent, are found all at once."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from aimaturity.responses.people import Duplicates, _has_long_number, repeated

CELLS = st.lists(
    st.none() | st.text(st.sampled_from("0123456789012345678901234567890123-+ –\u00a0\nåx/:"), max_size=16), max_size=6
)


@given(CELLS)
@example([])
@example([None])
@example(["811218", "9876"])
@example(["å811218-9876"])
@example(["c811218 9876x"])
@example(["811218--9876"])
@example(["811218 – 9876"])
@example(["811218\n9876"])
@example(["81121898"])
@example(["811218987", "6"])
@example(["8112189876"])
@example(["٨١١٢١٨٩٨٧٦"])
def test_six_figures_and_four_in_one_cell_are_found(cells: list[str | None]) -> None:
    """All that `masked` may find; of other cells few, so that it is seldom asked."""
    texts = [cell for cell in cells if cell]
    found = _has_long_number(cells)
    if any(re.search("[0-9]{6}[-+ –\u00a0]{0,3}[0-9]{4}", text) for text in texts):
        assert found
    elif not any(re.search("[0-9]{6}[-+ –\u00a0å]", text) for text in texts):
        assert not found


NAMES = st.sampled_from(["a", "b", "c", "", "row-7", None])
ROWS = st.lists(st.tuples(st.integers(1, 3), NAMES, NAMES), max_size=12)


@given(ROWS, st.integers(1, 5), st.sampled_from(["first", "last"]))
def test_rows_that_come_again_are_those_that_looking_back_finds(
    made: list[tuple[int, str | None, str | None]], size: int, keep: str
) -> None:
    """`made`: how far below the row before each stands, and what it says of company and respondent."""
    numbers = np.cumsum([step for step, _, _ in made], dtype=np.int64)
    seen = Duplicates()
    for start in range(0, len(made), size):
        part = made[start : start + size]
        identity = {"company": [company for _, company, _ in part], "respondent": [who for _, _, who in part]}
        seen.add(identity, numbers[start : start + size])
    first: dict[int, int] = {}
    again: set[int] = set()
    for field in (1, 2):
        said = [(int(number), row[field]) for number, row in zip(numbers, made, strict=True) if row[field]]
        said = [(number, name) for number, name in said if field == 2 or name != "row-7"]
        if len(said) > 2 and len({name for _, name in said}) == 1:
            continue  # says the same of all
        for place, (number, name) in enumerate(said):
            same = [other for other, its in said[:place] if its == name]
            if same:
                first.setdefault(number, same[0])
            later = said[place + 1 :]
            if same if keep == "first" else any(its == name for _, its in later):
                again.add(number)
    assert seen.pairs() == sorted(first.items())[: len(seen.pairs())]
    assert seen.count() == len(first)
    assert repeated(seen, keep).tolist() == sorted(again)  # type: ignore[arg-type]
