"""A picture of a report: `python -m tools.picture report.html report.png [--width 794] [--dark]`; or `report.pdf`.

Needs Chromium on the machine; nothing else in the project does.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def picture(page: Path, out: Path, width: int = 794, height: int = 4000, dark: bool = False, scale: float = 1) -> None:
    """Renders `page` as the browser would show it, or print it where `out` ends in .pdf."""
    browser = next((found for name in NAMES if (found := shutil.which(name))), None)
    if browser is None:
        raise SystemExit(f"no browser found: {', '.join(NAMES)}")
    to = ["--no-pdf-header-footer", f"--print-to-pdf={out}"] if out.suffix == ".pdf" else [f"--screenshot={out}"]
    look = [f"--window-size={width},{height}", f"--force-device-scale-factor={scale}"]
    look += ["--blink-settings=preferredColorScheme=0"] if dark else []
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *QUIET, f"--user-data-dir={profile}", *look, *to, page.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--width", type=int, default=794, help="794 is A4, 390 a phone")
    parser.add_argument("--height", type=int, default=4000)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", type=float, default=1)
    given = parser.parse_args()
    picture(given.page, given.out.resolve(), given.width, given.height, given.dark, given.scale)


if __name__ == "__main__":
    main()
