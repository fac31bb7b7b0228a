"""Reading YAML: what it gives, and what it refuses, with a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimaturity.definitions.yaml_source import MAX_BYTES, parse_source, read_source


def codes(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(d.code, d.at.line, d.at.column) for d in parse_source(text, "f.yaml")[1]]


def test_plain_scalars_follow_yaml_1_2() -> None:
    source, problems = parse_source("a: no\nb: 12\nc: 1.5\nd: true\ne: 2026-11-23\nf: '7'\ng: 1:30\nh: ~\ni: åäö", "f")
    assert not problems
    assert source is not None
    assert source.data == {
        "a": "no", "b": 12, "c": 1.5, "d": True, "e": "2026-11-23", "f": "7", "g": "1:30", "h": None, "i": "åäö",
    }  # fmt: skip


def test_every_value_has_a_place() -> None:
    source, _ = parse_source("a:\n  - b: 1\n    c: [2, 3]\n", "f")
    assert source is not None
    assert (source.at(("a", 0, "c", 1)).line, source.at(("a", 0, "c", 1)).column) == (3, 12)
    assert source.key_at(("a", 0, "c")).column == 5
    assert source.at(("a", 0, "missing")).line == 2


def test_json_is_read_too() -> None:
    source, problems = parse_source('{"a": [1, "två", null]}', "f.json")
    assert not problems
    assert source is not None
    assert source.data == {"a": [1, "två", None]}


def test_a_byte_order_mark_is_accepted() -> None:
    source, problems = parse_source("\ufeffa: 1".encode(), "f")
    assert not problems
    assert source is not None
    assert source.data == {"a": 1}


def test_a_few_honest_aliases_work() -> None:
    source, problems = parse_source("a: &x [1, 2]\nb: *x\n", "f")
    assert not problems
    assert source is not None
    assert source.data == {"a": [1, 2], "b": [1, 2]}


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("AIM005", 0, 0)),
        ("   \n", ("AIM005", 0, 0)),
        ("a: [1, 2\nb: 3", ("AIM006", 2, 2)),
        ("a: 1\nb: 2\na: 3", ("AIM007", 3, 1)),
        ("a: !!python/object/apply:os.system ['ls']", ("AIM008", 1, 4)),
        ("a: !custom 1", ("AIM008", 1, 4)),
        ("[" * 200 + "]" * 200, ("AIM009", 1, 41)),
        ("[" * 100_000, ("AIM009", 1, 41)),
        (BOMB, ("AIM010", 5, 38)),
        ("a: b\0c", ("AIM012", 1, 5)),
        ("? [a, b]\n: 1", ("AIM016", 1, 3)),
        ("a: 1\n---\nb: 2", ("AIM017", 2, 1)),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", ("AIM018", 3, 3)),
        ("a: *nowhere", ("AIM006", 1, 4)),
        (b"a: \xe5\xe4\xf6", ("AIM004", 1, 4)),
        (b"x" * (MAX_BYTES + 1), ("AIM003", 0, 0)),
    ],
)
def test_refused_with_a_place__error(text: str | bytes, expected: tuple[str, int, int]) -> None:
    assert expected in codes(text)


def test_all_duplicate_keys_and_tags_are_told_at_once() -> None:
    found = codes("a: 1\na: 2\nb: !x 1\nc: {d: 1, d: 2}\n")
    assert [code for code, _, _ in found] == ["AIM007", "AIM008", "AIM007"]


def test_files_that_cannot_be_read__error(tmp_path: Path) -> None:
    assert read_source(tmp_path)[1][0].code == "AIM002"
    assert read_source(tmp_path / "missing.yaml")[1][0].code == "AIM001"
    binary = tmp_path / "b.yaml"
    binary.write_bytes(bytes(range(256)))
    assert read_source(binary)[1][0].code == "AIM004"


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_no_content_raises(content: bytes | str) -> None:
    source, problems = parse_source(content, "f")
    assert source is not None or problems


@given(st.text(alphabet="ab:- []{}&*!|>'\"#\n\t?,%@`~0", max_size=120))
def test_no_yaml_like_text_raises(content: str) -> None:
    source, problems = parse_source(content, "f")
    assert source is not None or problems
