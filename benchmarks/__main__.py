"""Runs all benchmarks and prints their ratios."""

from __future__ import annotations

from benchmarks import reports, reports_many, scoring, startup, surveys


def main() -> None:
    startup.run()
    scoring.run()
    surveys.run()
    reports.run()
    reports_many.run()


if __name__ == "__main__":
    main()
