"""A JSON list of respondents as records: one column a key, `key[row]` for what is inside a mapping."""

from __future__ import annotations

import json
from typing import Any

from aimaturity.responses.opening import Opened, Unreadable
from aimaturity.responses.text import Record

MAX_BYTES = 500_000_000
JOIN = "\x1f"
"""Between the members of a list: a character that no option's text holds."""


def looks_like_json(file: Opened) -> bool:
    begins = file.beginning(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    return begins[:1] in (b"[", b"{") and not begins.startswith(b"{\\")  # RTF


def json_records(file: Opened) -> list[Record]:
    """A row of headings, then a row a respondent, numbered from 2. Raises `Unreadable`."""
    if file.size > MAX_BYTES:
        raise Unreadable("AIM003", file.name, size=file.size, limit=MAX_BYTES)
    try:
        data = _loaded(file.path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("AIM004", file.name, byte=error.start) from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise Unreadable("AIM015", file.name, getattr(error, "lineno", 1), getattr(error, "colno", 1)) from None
    if isinstance(data, dict):  # some hosts wrap the list
        lists = [
            value for value in data.values() if isinstance(value, list) and all(isinstance(v, dict) for v in value)
        ]
        data = max(lists, key=len, default=[data])
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise Unreadable("AIM319", file.name)
    rows = [_flat(one) for one in data]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    if not headings:
        raise Unreadable("AIM005", file.name)
    body = [(number, [row.get(name, "") for name in headings]) for number, row in enumerate(rows, start=2)]
    return [(1, headings), *body]


def _loaded(text: str) -> Any:
    """One JSON value, or one a line."""
    try:
        return json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
    return [json.loads(line, parse_int=str) for line in text.splitlines() if line.strip()]


def _flat(one: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in one.items():
        if isinstance(value, dict):
            inner = {part: said for part, said in value.items() if not isinstance(said, dict | list)}
            found |= {f"{key}[{part}]": _text(said) for part, said in inner.items()}
            deeper = {part: said for part, said in value.items() if part not in inner}
            found |= {f"{key}[{part}]": json.dumps(said, ensure_ascii=False) for part, said in deeper.items()}
        elif isinstance(value, list):
            plain = all(not isinstance(part, dict | list) for part in value)
            found[key] = JOIN.join(map(_text, value)) if plain else json.dumps(value, ensure_ascii=False)
        else:
            found[key] = _text(value)
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).encode("utf-8", "replace").decode("utf-8")  # JSON may hold halves of characters
