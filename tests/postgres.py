"""A PostgreSQL of the tests' own: a temporary cluster that listens on a socket in a temporary folder and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
REQUIRED = "AIMATURITY_CI"
"""Where this variable is 1, a missing PostgreSQL is a failure and no reason to skip."""


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: the newest of Debian's, else the one on the path."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """The socket's folder of a running cluster. As root it runs as the user `postgres`, since it refuses root."""
    other = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="aimaturity-pg-"))
    if other:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def call(name: str, *arguments: str) -> None:
        with (folder.parent / f"{folder.name}.log").open("ab") as log:
            subprocess.run(
                [programs / name, "-D", data, *arguments], check=True, stdout=log, stderr=log, cwd=folder, **other
            )  # type: ignore[call-overload]

    try:
        call("initdb", "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        call("pg_ctl", "start", "-w", "-s", "-l", str(folder / "server.log"), "-o", settings)
        try:
            yield str(folder)
        finally:
            call("pg_ctl", "stop", "-w", "-s", "-m", "immediate")
    finally:
        shutil.rmtree(folder)
        (folder.parent / f"{folder.name}.log").unlink(missing_ok=True)
