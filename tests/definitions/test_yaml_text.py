"""What we write as YAML is what we read back, whatever looks like a number to one version of YAML alone."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aimaturity.definitions.yaml_source import parse_source
from aimaturity.definitions.yaml_text import yaml_text

SIGNS = st.text(st.sampled_from("0123456789eE+-._:xyåäö "), max_size=8)


@given(SIGNS)
@example("0E0")
@example("1e5")
@example("08")
@example("007")
@example("yes")
@example("null")
@example("~")
@example("")
def test_a_text_stays_a_text(text: str) -> None:
    written = {"a": text, "b": [text]}
    source, problems = parse_source(yaml_text(written), "x.yaml")
    assert source is not None, problems
    assert (source.data, problems) == (written, [])


@pytest.mark.parametrize("value", [0, 12, -3, 0.5, 1e-7, 1e22, True, None])
def test_a_number_stays_a_number(value: object) -> None:
    source, _ = parse_source(yaml_text({"a": value}), "x.yaml")
    assert source is not None
    assert source.data == {"a": value}
