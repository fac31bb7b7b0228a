"""Survey files: the whole `aimaturity score` process against pyarrow merely reading the file, and against pandas.

Each alternative is a process of its own, started in turn. pyarrow streams the file and encodes every column as a
dictionary, and does nothing with it: a floor for whoever reads all cells. pandas does what an analyst would: read, map
answers to points, take means; without bounds, coverage or levels. Both figures that the program must keep are ratios.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aimaturity
from aimaturity.definitions.load import load_questionnaire
from benchmarks.survey_file import write_survey

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
IMPORTS = "import polars, numpy, typer, yaml, pydantic"


def timed(*command: str) -> tuple[float, float]:
    """Seconds and peak memory in MB of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1000


def score(path: Path, out: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "aimaturity", "score", str(path), "-o", str(out))


def best(rounds: int, *commands: tuple[str, ...]) -> list[tuple[float, float]]:
    """Each command's least time and most memory, run in turn."""
    runs = [[timed(*command) for command in commands] for _ in range(rounds)]
    return [(min(t for t, _ in column), max(m for _, m in column)) for column in zip(*runs, strict=True)]


def run() -> None:
    questionnaire = load_questionnaire("ai-maturity").value
    if questionnaire is None:
        raise SystemExit("the bundled questionnaire doesn't load")
    python = sys.executable
    # As an installed program has it: with PYTHONDONTWRITEBYTECODE set, each start would compile the source again.
    compileall.compile_dir(Path(aimaturity.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory(dir=os.environ.get("AIMATURITY_BENCH_FOLDER")) as folder:
        out = Path(folder) / "out.parquet"
        big, ids, four, small = (Path(folder) / f"{name}.csv" for name in ("texts", "ids", "four", "small"))
        for path, with_ids in ((big, False), (ids, True)):
            write_survey(path, questionnaire, ROWS, ids=with_ids)
            size = path.stat().st_size / 1e6
            mine, floor = best(ROUNDS, score(path, out), (python, "-c", ARROW, str(path)))
            print(f"survey file   {ROWS} rows x 51 columns, {size:.0f} MB, {path.stem} in the cells: whole process "
                  f"{mine[0]:.1f} s, pyarrow reads it in {floor[0]:.1f} s: {mine[0] / floor[0]:.2f} x; "
                  f"{mine[1]:.0f} MB at most")  # fmt: skip
        mine, pandas = best(1, score(big, out), (python, "-c", PANDAS, str(big)))
        print(f"              pandas from file to scores {pandas[0]:.1f} s: {pandas[0] / mine[0]:.1f} x")
        big.unlink()
        before = mine_memory(ids, out)
        ids.unlink()
        write_survey(four, questionnaire, 4 * ROWS, ids=True)
        after = mine_memory(four, out)
        print(f"              memory {before:.0f} MB for {ROWS} rows, {after:.0f} MB for {4 * ROWS}: "
              f"{after / before - 1:+.0%}")  # fmt: skip
        write_survey(small, questionnaire, 1000)
        mine, imports = best(5, score(small, out), (python, "-c", IMPORTS))
        ratio = mine[0] / imports[0]
        print(f"              1000 rows {mine[0]:.2f} s, the imports alone {imports[0]:.2f} s: {ratio:.2f} x")


def mine_memory(path: Path, out: Path) -> float:
    """Peak memory of scoring a file, in MB."""
    return timed(*score(path, out))[1]
