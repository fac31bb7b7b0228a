"""A process that takes bundles in, to be killed meanwhile.

python -m tests.programme.importer URL    for each bundle's path on standard input, starts a process that imports it:
                                          prints its number, `done` if it lived so long, `ended` when it was killed
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from aimaturity.programme.store import open_store
from aimaturity.programme.store import syncing as _syncing
from aimaturity.programme.store.bundle_file import read_bundle
from tests.programme.writer import say


def mother(url: str) -> None:
    """Forks rather than starts anew, and imports all that an import needs before."""
    assert _syncing
    open_store(url).close()
    for line in sys.stdin:
        bundle, _ = read_bundle(Path(line.strip()), unsigned=True)
        child = os.fork()
        if not child:
            store = open_store(url)
            say(str(os.getpid()))
            store.import_bundle(bundle)
            say("done")
            signal.pause()
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    mother(sys.argv[1])
