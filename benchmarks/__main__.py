"""Runs all benchmarks and prints their ratios. Each runs in a process of its own: what one has loaded would count as
the memory of the processes that the next one starts."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("startup", "interview", "scoring", "surveys", "reports", "reports_many", "status")


def main() -> int:
    """How many of them failed."""
    runs = [subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]) for name in BENCHMARKS]
    failed = [name for name, run in zip(BENCHMARKS, runs, strict=True) if run.returncode]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
