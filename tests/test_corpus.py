"""A change of any score is seen and announced: the scores of a fixed corpus of answers, before and after.

`corpus/answers.csv` is a fixed set of random answers, not chosen for anything; `corpus/scores.csv` is what the engine
and the bundled model gave when that table was last accepted. A change on purpose is accepted with `--golden-update`,
and the changelog then says why.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from aimaturity.responses.survey import read_survey
from aimaturity.scoring.score import score_table
from aimaturity.scoring.table import score_columns
from tests.bundled import bundled
from tests.conftest import Golden

FOLDER = Path(__file__).parent / "corpus"


def test_no_score_of_the_corpus_has_changed(golden: Golden) -> None:
    after = _scores()
    path = FOLDER / "scores.csv"
    if golden.update:
        path.write_text(after, "utf-8", newline="\n")
    changes = _changes(path.read_text("utf-8"), after)
    assert not changes, "row, column, before, after:\n" + "\n".join(changes[:50])


def _scores() -> str:
    method = bundled()
    table = read_survey(FOLDER / "answers.csv", method.questionnaire).table
    assert table is not None
    columns = score_columns(method.plan, score_table(method.plan, table), "all")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["company", *columns])
    for row in range(table.rows):
        cells = ["" if column[row] != column[row] else format(column[row], ".9g") for column in columns.values()]
        writer.writerow([table.companies[row].id, *cells])
    return out.getvalue()


def _changes(before: str, after: str) -> list[str]:
    old, new = (list(csv.DictReader(io.StringIO(text))) for text in (before, after))
    if len(old) != len(new) or not old or old[0].keys() != new[0].keys():
        return ["the table has other rows or columns"]
    return [
        f"{a['company']}, {column}, {a[column] or '-'}, {b[column] or '-'}"
        for a, b in zip(old, new, strict=True)
        for column in a
        if a[column] != b[column]
    ]
