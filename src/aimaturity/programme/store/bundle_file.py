"""A bundle: one file that carries what a store knows to another one.

A zip file of JSON Lines, a manifest with the SHA-256 of each part, and a seal over the manifest. It holds entries,
assessments with every event, the definitions that they were made with, which respondents' answers were read from files,
and the ids of what was erased; never where reports lie, nor who works on what. Bundles are taken for hostile.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aimaturity.definitions.diagnostics import Position, problem
from aimaturity.programme.store.bundle import Bundle
from aimaturity.programme.store.entries import entry_row
from aimaturity.programme.store.faults import StoreRefused
from aimaturity.programme.store.sealing import Key, write_private
from aimaturity.programme.store.versions import VERSIONS

FORMAT = 1
"""Rises with every change that an older program would misread."""
ENDING = ".aimaturity"
PARTS = ("entries", "assessments", "events", "definitions", "imported", "erased")
_MANIFEST, _SEAL = "manifest.json", "seal.json"
_WORD = "aimaturity_bundle"
MAX_FILE = 1_000_000_000
MAX_UNPACKED = 1_000_000_000
"""Bytes of all parts together; a register of 100 000 companies has about a third."""
_MAX_MANIFEST = 20_000_000
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
"""So that the same content gives the same file."""


def write_bundle(bundle: Bundle, path: Path, key: Key | None) -> None:
    """Writes a new file, readable by its owner alone, sealed with the key where there is one. The same bundle gives the
    same bytes. NotSaved where a file of that name is there already."""
    parts = {name: b"".join(_line(row) for row in rows) for name, rows in _rows(bundle).items()}
    manifest = _line(
        {
            _WORD: FORMAT,
            "schema": VERSIONS[-1],
            "device": bundle.device,
            "made": bundle.made,
            "companies": bundle.companies,
            "parts": {name: {"bytes": len(part), "sha256": _sha256(part)} for name, part in parts.items()},
        }
    )
    seal = {"sha256": _sha256(manifest)}
    if key is not None:
        seal |= {"key": key.name, "hmac_sha256": key.signature(manifest)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((_MANIFEST, manifest), (_SEAL, _line(seal)), *((_file(n), p) for n, p in parts.items())):
            info = zipfile.ZipInfo(name, _SAME_TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, content)
    write_private(path, packed.getvalue())


def _rows(bundle: Bundle) -> dict[str, list[Mapping[str, Any]]]:
    return {
        "entries": [entry_row(entry) | {"facts": dict(entry.facts)} for entry in bundle.entries],
        "assessments": [asdict(one) for one in bundle.assessments],
        "events": [asdict(one) for one in bundle.events],
        "definitions": [asdict(one) for one in bundle.definitions],
        "imported": [asdict(one) for one in bundle.imported],
        "erased": [{"uid": uid} for uid in sorted(bundle.erased)],
    }


def read_bundle(path: Path, key: Key | None = None, unsigned: bool = False) -> tuple[Bundle, bool]:
    """The bundle in a file, and whether it is signed with the key. StoreRefused where it is no bundle, isn't whole, was
    changed, is of a newer version or too large; and, unless `unsigned`, where it isn't signed with the key."""
    from aimaturity.programme.store.bundle_lines import bundle_of

    at = Position(str(path))
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise StoreRefused(problem("AIM002", at))
        if size > MAX_FILE:
            raise StoreRefused(problem("AIM710", at, size=size, limit=MAX_FILE))
        with path.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                raise StoreRefused(problem("AIM701", at))
        with zipfile.ZipFile(path) as archive:
            manifest, signed = _manifest(archive, at, key, unsigned)
            sizes = _sizes(manifest, at)
            parts = {name: _part(archive, at, name, size, manifest) for name, size in sizes.items()}
    except FileNotFoundError:
        raise StoreRefused(problem("AIM001", at)) from None
    except OSError as error:
        raise StoreRefused(problem("AIM013", at, reason=error.strerror or type(error).__name__)) from None
    # What zipfile raises for a damaged file, a method of packing that it hasn't got, and a file with a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise StoreRefused(problem("AIM703", at, reason=str(error)[:100] or type(error).__name__)) from None
    return bundle_of(manifest, parts, at), signed


def _manifest(archive: zipfile.ZipFile, at: Position, key: Key | None, unsigned: bool) -> tuple[dict[str, Any], bool]:
    """What the bundle says of itself, once the seal was found to be whole; and whether the key signed it."""
    names = archive.namelist()
    if names.count(_MANIFEST) != 1:
        raise StoreRefused(problem("AIM701", at))
    content = _small(archive, at, _MANIFEST)
    manifest = _plain(content, at, _MANIFEST)
    if not isinstance(manifest.get(_WORD), int):
        raise StoreRefused(problem("AIM701", at))
    if manifest[_WORD] > FORMAT or manifest.get("schema") not in VERSIONS:
        name = f"{manifest[_WORD]}, {str(manifest.get('schema'))[:40]}"
        raise StoreRefused(problem("AIM702", at, name=name, wanted=f"{FORMAT}, {VERSIONS[-1]}"))
    if sorted(names) != sorted([_MANIFEST, _SEAL, *map(_file, PARTS)]):
        raise StoreRefused(problem("AIM703", at, reason=", ".join(sorted(names))[:200]))
    seal = _plain(_small(archive, at, _SEAL), at, _SEAL)
    if seal.get("sha256") != _sha256(content):
        raise StoreRefused(problem("AIM703", at, reason=_MANIFEST))
    return manifest, _is_signed(content, seal, at, key, unsigned)


def _is_signed(content: bytes, seal: Mapping[str, Any], at: Position, key: Key | None, unsigned: bool) -> bool:
    name, signature = str(seal.get("key", "")), str(seal.get("hmac_sha256", ""))
    if signature and key is not None and name == key.name:
        if not signature.isascii() or not key.signed(content, signature):
            raise StoreRefused(problem("AIM703", at, reason=_SEAL))
        return True
    if unsigned:
        return False
    if not signature:
        raise StoreRefused(problem("AIM704", at))
    if key is None:
        raise StoreRefused(problem("AIM706", at))
    raise StoreRefused(problem("AIM705", at, name=name[:40], wanted=key.name))


def _sizes(manifest: Mapping[str, Any], at: Position) -> dict[str, int]:
    """Part -> its bytes, as the manifest says."""
    stated = manifest.get("parts")
    found = {}
    for name in PARTS:
        said = stated.get(name) if isinstance(stated, dict) else None
        size = said.get("bytes") if isinstance(said, dict) else None
        if not isinstance(size, int) or size < 0:
            raise StoreRefused(problem("AIM703", at, reason=f"{_MANIFEST}: {name}"))
        found[name] = size
    if sum(found.values()) > MAX_UNPACKED:
        raise StoreRefused(problem("AIM710", at, size=sum(found.values()), limit=MAX_UNPACKED))
    return found


def _part(archive: zipfile.ZipFile, at: Position, name: str, size: int, manifest: Mapping[str, Any]) -> bytes:
    content = _unpacked(archive, _file(name), size)
    if content is None or len(content) != size or manifest["parts"][name].get("sha256") != _sha256(content):
        raise StoreRefused(problem("AIM703", at, reason=_file(name)))
    return content


def _small(archive: zipfile.ZipFile, at: Position, name: str) -> bytes:
    content = _unpacked(archive, name, _MAX_MANIFEST)
    if content is None:
        raise StoreRefused(problem("AIM710", at, size=archive.getinfo(name).file_size, limit=_MAX_MANIFEST))
    return content


def _unpacked(archive: zipfile.ZipFile, name: str, limit: int) -> bytes | None:
    """A part's bytes; None where they are more than the limit: no more than one byte beyond it is ever unpacked."""
    with archive.open(name) as stream:
        content = stream.read(limit + 1)
    return content if len(content) <= limit else None


def _plain(content: bytes, at: Position, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise StoreRefused(problem("AIM703", at, reason=name))
    return found


def _line(row: Mapping[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _file(part: str) -> str:
    return f"{part}.jsonl"
