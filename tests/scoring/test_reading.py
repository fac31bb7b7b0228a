"""Result documents read back: line by line, whatever else is in the file."""

from __future__ import annotations

from pathlib import Path

from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.scoring.document import ResultDocument, dumps
from aimaturity.scoring.reading import Line, lines_of, read_documents
from tests.report.factory import document

BASE = document()


def named(name: str) -> ResultDocument:
    return BASE.model_copy(update={"company": BASE.company.model_copy(update={"name": name})})


def line(name: str) -> bytes:
    return dumps(named(name), indent=None).encode() + b"\n"


def read(path: Path) -> tuple[list[str | None], list[tuple[str, int]]]:
    documents, problems = read_documents(path)
    return [d.company.name for d in documents], [(p.code, p.at.line) for p in problems]


def test_a_document_over_many_lines_is_one(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    text = dumps(named("Åkeri"))
    for written in (text, text.replace("\n", "\r\n"), "\ufeff" + text, "\n\n" + text):
        path.write_bytes(written.encode())
        assert read(path) == (["Åkeri"], [])


def test_lines_that_arent_documents_are_told_with_their_number_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + line("A") + b"\n" + b"{}\n" + b"\xff\n" + b"[1\n" + line("B")[:300] + b"\n" + line("C")
    )
    assert read(path) == (["A", "C"], [("AIM405", 3), ("AIM004", 4), ("AIM015", 5), ("AIM015", 6)])


def test_what_divides_lines_in_a_text_divides_no_document(tmp_path: Path) -> None:
    """U+2028, U+0085 and the like may stand in what people wrote."""
    path = tmp_path / "r.jsonl"
    path.write_bytes(line("a\u2028b\x85c\x1ed") + line("B"))
    assert read(path) == (["a\u2028b\x85c\x1ed", "B"], [])


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\xef\xbb\xbf\n \n")
    assert [p.code for p in read_documents(tmp_path / "empty.jsonl")[1]] == ["AIM005"]
    assert [p.code for p in read_documents(tmp_path / "nowhere.jsonl")[1]] == ["AIM001"]
    assert [p.code for p in read_documents(tmp_path)[1]] == ["AIM002"]


def test_the_place_of_a_byte_that_is_no_text_is_counted_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"\xef\xbb\xbf{}\n{\xff}\n")
    [first, second] = lines_of(path)
    assert isinstance(first, Line)
    assert isinstance(second, Diagnostic)
    assert second.facts["byte"] == str(path.read_bytes().index(b"\xff"))
