"""Versions of a store's tables."""

VERSION_TABLE = "aimaturity_version"
VERSIONS = ("0001", "0002")
"""Every version of the schema, oldest first. The last is this program's."""
