"""Runs all benchmarks and prints their ratios."""

from __future__ import annotations

from benchmarks import scoring, startup


def main() -> None:
    startup.run()
    scoring.run()


if __name__ == "__main__":
    main()
