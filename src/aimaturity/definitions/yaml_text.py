"""Plain data as YAML that our own reading gives back equal."""

from __future__ import annotations

from typing import Any

import yaml

from aimaturity.definitions.yaml_source import plain_value


class _Dumper(yaml.SafeDumper):
    """Quotes texts that only YAML 1.2 takes for numbers, such as `0E0` and `08`; PyYAML knows 1.1."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if isinstance(plain_value(text), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def yaml_text(data: Any, width: int = 110) -> str:
    """A key a line, in the order given."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=width))
