"""AI-maturity assessments that show their reasons.

The library mirrors the commands: `load_questionnaire`, `load_scoring_model`, `load_method`, `score`, `score_frame`,
`score_file`, `documents`, `redacted`, `render`, `workbook`. They are imported when first asked for, so that starting
the program stays cheap.
"""

from typing import Any

from aimaturity._version import __version__

_FUNCTIONS = (
    "documents",
    "load_method",
    "load_questionnaire",
    "load_scoring_model",
    "redacted",
    "render",
    "score",
    "score_file",
    "score_frame",
    "workbook",
)

__all__ = ["__version__", *_FUNCTIONS]


def __getattr__(name: str) -> Any:
    if name not in _FUNCTIONS:
        raise AttributeError(f"module 'aimaturity' has no attribute '{name}'")
    from aimaturity import api

    return getattr(api, name)
