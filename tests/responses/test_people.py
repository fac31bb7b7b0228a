"""Cells that may hold a personal number are found, all at once."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from aimaturity.responses.people import _has_long_number

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
