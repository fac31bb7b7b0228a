"""AI-maturity assessments that show their reasons."""

from aimaturity._version import __version__

__all__ = ["__version__"]
