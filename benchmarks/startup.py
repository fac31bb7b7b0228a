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
    times = f"aimaturity --help {ours * 1000:.0f} ms, bare Typer --help {other * 1000:.0f} ms"
    print(f"start-up      {times}: {ours / other:.2f} x")
