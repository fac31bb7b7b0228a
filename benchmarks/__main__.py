"""Runs all benchmarks and prints their ratios."""

from __future__ import annotations

from benchmarks import interview, reports, reports_many, scoring, startup, status, surveys


def main() -> None:
    startup.run()
    interview.run()
    scoring.run()
    surveys.run()
    reports.run()
    reports_many.run()
    status.run()


if __name__ == "__main__":
    main()
