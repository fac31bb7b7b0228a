"""Start-up: `aimaturity --help` against `--help` of a Typer program with a single command."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import in_turn

BARE = '''
import typer

app = typer.Typer()


@app.command()
def hello(name: str) -> None:
    """Say hello."""
    print(name)


app()
'''
ROUNDS = 15


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, "utf-8")

        def start(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments, "--help"], check=True, capture_output=True)

        ours, other, _ = in_turn(lambda: start("-m", "aimaturity"), lambda: start(str(bare)), ROUNDS)
    times = f"aimaturity --help {ours * 1000:.0f} ms, bare Typer --help {other * 1000:.0f} ms"
    print(f"start-up      {times}: {ours / other:.2f} x")


if __name__ == "__main__":
    run()
