"""Reports for a thousand companies: the whole command, beside one process, and beside rendering alone.

The example survey repeated under new names. What the command does besides rendering: reading the survey, scoring,
making documents, handing them to workers, comparing with what lies there, writing each file to the disk.
"""

from __future__ import annotations

import csv
import io
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from aimaturity.api import documents, load_method, render
from aimaturity.definitions.library import bundled_folder
from aimaturity.report.pool import cores
from aimaturity.responses.survey import read_survey
from benchmarks.timing import seconds

COMPANIES = 1000


def write_companies(path: Path, count: int) -> None:
    """The example's rows over and over, each time as other companies."""
    text = (bundled_folder("examples") / "survey-2026.csv").read_text("utf-8-sig")
    heading, *rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    keep = [place for place, name in enumerate(heading) if name != "Organisationsnummer"]
    identity = [heading.index("id"), heading.index("Företag")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow([heading[place] for place in keep])
        for number in range(count):
            row = list(rows[number % len(rows)])
            for place in identity:
                row[place] += f" {number // len(rows)}"
            out.writerow([row[place] for place in keep])


def command(source: Path, folder: Path, *more: object) -> None:
    """The program as a user starts it."""
    call = [sys.executable, "-m", "aimaturity", "report", source, "-o", folder, "--lang", "sv", *more]
    done = subprocess.run(list(map(str, call)), capture_output=True, check=False)
    if done.returncode not in (0, 1):  # 1: the example's odd cells
        raise RuntimeError(done.stderr.decode())


def rendered(source: Path) -> float:
    """Seconds to render every document once, in this process, with documents at hand."""
    method = load_method()
    reading = read_survey(source, method.questionnaire)
    if reading.table is None:
        raise ValueError("nothing was read")
    made = list(documents(method, reading.table))
    render(made[0], "html", "sv")
    return seconds(lambda: [render(document, "html", "sv") for document in made])


def run(companies: int = COMPANIES) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "many.csv"
        write_companies(source, companies)
        alone = rendered(source)
        several = seconds(lambda: command(source, folder / "r"))
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        again = seconds(lambda: command(source, folder / "r"))
        one = seconds(lambda: command(source, folder / "one", "--jobs", 1))
    print(f"report, {companies} companies, HTML, {cores()} cores: {several:.1f} s, {companies / several:.0f} a second")
    print(f"  one process / all cores: {one / several:.2f}; the command / rendering alone: {several / alone:.2f}")
    print(f"  again, nothing changed / the first time: {again / several:.2f}; largest process {most:.0f} MB")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else COMPANIES)
