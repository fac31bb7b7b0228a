"""Secret keys and the seal of a bundle: that it comes from one of one's own, and that nobody has changed it.

A seal hides nothing: whoever has the file can read it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.programme.store.faults import NotSaved, StoreRefused, writing
from aimaturity.programme.store.sqlite_file import make_folder, put_in_place, touch_private

KEY_VARIABLE = "AIMATURITY_SYNC_KEY"
"""Names the file of the key, where no other is given."""
_WORD = "aimaturity-sync-key"
_FILE = re.compile(rf"{_WORD} ([0-9a-f]{{64}})\s*")
_LONGEST = 200
_OTHERS = 0o077


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A secret that a hub and its advisers share, 32 bytes."""

    secret: bytes

    @property
    def name(self) -> str:
        """Tells keys apart without giving them away."""
        return hashlib.sha256(b"aimaturity sync key: " + self.secret).hexdigest()[:12]

    def signature(self, content: bytes) -> str:
        """HMAC-SHA-256 (RFC 2104) of the content, in hexadecimal."""
        return hmac.new(self.secret, content, hashlib.sha256).hexdigest()

    def signed(self, content: bytes, signature: str) -> bool:
        """Whether the signature is this key's for the content."""
        return hmac.compare_digest(self.signature(content), signature)


def make_key(path: Path) -> Key:
    """Writes a new key into a file that only its owner can read. NotSaved where the file is there already."""
    key = Key(secrets.token_bytes(32))
    write_private(path, f"{_WORD} {key.secret.hex()}\n".encode())
    return key


def read_key(path: Path) -> tuple[Key, list[Diagnostic]]:
    """The key in a file that `make_key` wrote, and what its owner should know. StoreRefused where it is none."""
    at = Position(str(path))
    try:
        with path.open("rb") as stream:
            found = _FILE.fullmatch(stream.read(_LONGEST).decode("utf-8", "replace"))
        mode = path.stat().st_mode & 0o777
    except OSError as error:
        raise StoreRefused(problem("AIM707", at, reason=error.strerror or type(error).__name__)) from None
    if found is None:
        raise StoreRefused(problem("AIM707", at, reason=_WORD + " ?"))
    open_to_others = os.name == "posix" and bool(mode & _OTHERS)
    return Key(bytes.fromhex(found[1])), [problem("AIM708", at, mode=f"{mode:o}")] if open_to_others else []


def write_private(path: Path, content: bytes) -> None:
    """A new file, whole or not at all, that only its owner can read. NotSaved where there is one of that name."""
    taken = NotSaved(problem("AIM616", Position(str(path))))
    if path.exists():
        raise taken
    with writing(str(path)):
        make_folder(path.parent)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
        try:
            touch_private(draft)
            draft.write_bytes(content)
            if not put_in_place(draft, path):
                raise taken
        finally:
            draft.unlink(missing_ok=True)
