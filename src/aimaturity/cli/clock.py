"""The one clock that commands read; tests put another in its place."""

from __future__ import annotations

import datetime as dt


def today() -> dt.date:
    """The day where the program runs."""
    return dt.datetime.now().astimezone().date()
