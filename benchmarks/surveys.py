"""Survey files: the whole `aimaturity score` process against pyarrow merely reading the file, and against pandas.

Each alternative is a process of its own, started in turn. pyarrow streams the file and encodes every column as a
dictionary, and does nothing with it: a floor for whoever reads all cells. pandas does what an analyst would: read, map
answers to points, take means; without bounds, coverage or levels. Both figures that the program must keep are ratios.

`python -m benchmarks.surveys texts memory` runs some of the pieces: texts, ids, pandas, memory, small.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import aimaturity

ROWS = int(os.environ.get("AIMATURITY_BENCH_ROWS", "1000000"))
ROUNDS = 3

ARROW = """
import sys
import pyarrow.csv as reader
options = reader.ConvertOptions(auto_dict_encode=True, auto_dict_max_cardinality=2**30)
print(sum(batch.num_rows for batch in reader.open_csv(sys.argv[1], convert_options=options)))
"""
PANDAS = """
import sys
import pandas as pd
from aimaturity.definitions.load import load_scoring_model
from benchmarks.scoring import area_questions, with_pandas
loaded = load_scoring_model("ai-maturity")
frame = pd.read_csv(sys.argv[1], keep_default_na=False)
questionnaire = loaded.questionnaire
by_text = {q.text["sv"]: name for name, q in questionnaire.questions.items()}
frame = frame.rename(columns=by_text)
for name, question in questionnaire.questions.items():
    if name in frame and question.kind == "single":
        ids = {option.text["sv"]: option.id for option in questionnaire.options_of(question)}
        frame[name] = frame[name].map(ids)
print(len(with_pandas(frame, questionnaire, area_questions(loaded.model))))
"""
WRITE = """
import sys
from pathlib import Path
from aimaturity.definitions.load import load_questionnaire
from benchmarks.survey_file import write_survey
write_survey(Path(sys.argv[1]), load_questionnaire("ai-maturity").value, int(sys.argv[2]), ids=sys.argv[3] == "ids")
"""
IMPORTS = "import polars, numpy, typer, yaml, pydantic"


@dataclass(frozen=True)
class Run:
    """What a process took: seconds, seconds of all processors together, and peak memory in MB."""

    seconds: float
    cpu: float
    memory: float


def timed(*command: str) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def write(path: Path, rows: int, ids: bool = False) -> None:
    """Makes the file in a process of its own: one that has grown large counts as the memory of those it starts. It is
    on disk before anybody reads it: a gigabyte still being written takes time from whoever comes first."""
    subprocess.run(python(WRITE, str(path), str(rows), "ids" if ids else "texts"), check=True)
    if hasattr(os, "sync"):
        os.sync()


def score(path: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "aimaturity", "score", str(path), "-o", str(path.with_suffix(".parquet")))


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def best(rounds: int, *commands: tuple[str, ...]) -> list[Run]:
    """Each command's least times and most memory, run in turn."""
    runs = [[timed(*command) for command in commands] for _ in range(rounds)]
    return [
        Run(min(r.seconds for r in column), min(r.cpu for r in column), max(r.memory for r in column))
        for column in zip(*runs, strict=True)
    ]


def texts(path: Path, ids: bool = False) -> None:
    write(path, ROWS, ids)
    mine, floor = best(ROUNDS, score(path), python(ARROW, str(path)))
    print(f"survey file   {ROWS} rows x 51 columns, {path.stat().st_size / 1e6:.0f} MB, {path.stem} in the cells: "
          f"whole process {mine.seconds:.1f} s ({mine.cpu:.1f} s of processors), pyarrow reads it in "
          f"{floor.seconds:.1f} s: {mine.seconds / floor.seconds:.2f} x; {mine.memory:.0f} MB at most")  # fmt: skip


def ids(path: Path) -> None:
    texts(path, ids=True)


def pandas(path: Path) -> None:
    write(path, ROWS)
    mine, other = best(1, score(path), python(PANDAS, str(path)))
    print(f"              pandas from file to scores {other.seconds:.1f} s: {other.seconds / mine.seconds:.1f} x")


def memory(path: Path) -> None:
    peaks = []
    for rows in (ROWS, 4 * ROWS):
        write(path, rows, ids=True)
        peaks.append(timed(*score(path)).memory)
    print(f"              memory {peaks[0]:.0f} MB for {ROWS} rows, {peaks[1]:.0f} MB for {4 * ROWS}: "
          f"{peaks[1] / peaks[0] - 1:+.0%}")  # fmt: skip


def small(path: Path) -> None:
    write(path, 1000)
    mine, imports = best(5, score(path), python(IMPORTS))
    print(f"              1000 rows {mine.seconds:.2f} s, the imports alone {imports.seconds:.2f} s: "
          f"{mine.seconds / imports.seconds:.2f} x")  # fmt: skip


PIECES: dict[str, Callable[[Path], None]] = {
    "texts": texts, "ids": ids, "pandas": pandas, "memory": memory, "small": small,
}  # fmt: skip


def run(names: Sequence[str] = ()) -> None:
    """The pieces named, or all; each makes its file and takes it away again."""
    # As an installed program has it: with PYTHONDONTWRITEBYTECODE set, each start would compile the source again.
    compileall.compile_dir(Path(aimaturity.__file__).parent, quiet=2)
    for name in names or PIECES:
        with tempfile.TemporaryDirectory(dir=os.environ.get("AIMATURITY_BENCH_FOLDER")) as folder:
            PIECES[name](Path(folder) / f"{name}.csv")


if __name__ == "__main__":
    run(sys.argv[1:])
