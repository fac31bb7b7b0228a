"""A bundle's file: what is written is read again; what is broken, changed, foreign or hostile is refused in words."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import random
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aimaturity.programme.store import Store, StoreRefused, open_store
from aimaturity.programme.store import bundle_file as files
from aimaturity.programme.store.bundle import Bundle
from aimaturity.programme.store.bundle_file import read_bundle, write_bundle
from aimaturity.programme.store.sealing import Key, make_key, read_key
from tests.programme.filled import NAME, NUMBER, begun, event
from tests.programme.laptops import card_facts, enter

KEY = Key(bytes(range(32)))
OTHER = Key(bytes(32))
NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)


def filled(path: Path) -> Store:
    made = open_store(str(path), clock=lambda: NOW)
    assessment = begun(made, number=NUMBER)
    made.record(assessment, [event(), event("data_access", "åäö")], position="data_access", seconds=12.5)
    made.note_report(assessment, "rapport-till-brösarp.html")
    made.hold(assessment, "Åsa Hållare")
    enter(made, "activity", "k1", "added", {"kind": "course", "title": "Mätkväll", "date": "2026-03-02"})
    counts = {"activity": "k1", "women": 3, "men": 1, "other": 0, "hours": None}
    enter(made, "participation", made.company(NUMBER).id, "added", counts)
    for what, facts in card_facts("varme"):
        enter(made, "pilot", "varme", what, facts)
    enter(made, "pilot_company", NUMBER, "added", {"pilot": "varme", "agreed_on": "2026-05-01", "known": {}})
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with filled(tmp_path / "r.db") as made:
        yield made


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    with filled(tmp_path_factory.mktemp("bunt") / "r.db") as made:
        return made.export_bundle()


@pytest.fixture
def path(bundle: Bundle, tmp_path: Path) -> Path:
    write_bundle(bundle, tmp_path / "åsa.aimaturity", KEY)
    return tmp_path / "åsa.aimaturity"


def code_of(path: Path, key: Key | None = KEY, unsigned: bool = False) -> str:
    with pytest.raises(StoreRefused) as refused:
        read_bundle(path, key, unsigned)
    for language in ("sv", "en"):
        assert refused.value.diagnostic.message(language)
    return refused.value.diagnostic.code


def test_what_is_written_is_read_again(bundle: Bundle, path: Path) -> None:
    assert read_bundle(path, KEY) == (bundle, True)
    kinds = ["company", "assessment", "activity", "participation", "pilot", "pilot", "pilot_company"]
    assert [entry.kind for entry in bundle.entries] == kinds
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.glob(".*")] == []


def test_the_same_content_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    for name in ("en", "igen"):
        write_bundle(store.export_bundle(), tmp_path / name, KEY)
    assert (tmp_path / "igen").read_bytes() == (tmp_path / "en").read_bytes()


def test_a_bundle_says_nothing_of_reports_and_of_who_works(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        said = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert NAME in said
    assert "rapport-till" not in said
    assert "Hållare" not in said


def test_a_bundle_never_replaces_a_file(bundle: Bundle, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreRefused, match="AIM616"):
        write_bundle(bundle, path, KEY)
    assert path.read_bytes() == before


def test_a_key_is_read_as_it_was_made(tmp_path: Path) -> None:
    made = make_key(tmp_path / "hub.key")
    assert read_key(tmp_path / "hub.key") == (made, [])
    assert made != make_key(tmp_path / "annan.key")
    assert made.secret.hex() not in repr(made)
    with pytest.raises(StoreRefused, match="AIM616"):
        make_key(tmp_path / "hub.key")
    (tmp_path / "hub.key").chmod(0o640)
    if os.name == "posix":
        assert [note.code for note in read_key(tmp_path / "hub.key")[1]] == ["AIM708"]


@pytest.mark.parametrize("content", [b"", b"hemligt\n", b"aimaturity-sync-key abc\n", b"\xff" * 100, b"x" * 100_000])
def test_what_is_no_key_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "nyckel").write_bytes(content)
    for named in (tmp_path / "nyckel", tmp_path / "finns-inte", tmp_path):
        with pytest.raises(StoreRefused, match="AIM707") as refused:
            read_key(named)
        assert "hemligt" not in str(refused.value)


def test_only_ones_own_are_taken_for_signed(bundle: Bundle, path: Path, tmp_path: Path) -> None:
    write_bundle(bundle, tmp_path / "osignerad", None)
    assert code_of(path, OTHER) == "AIM705"
    assert code_of(path, None) == "AIM706"
    for key in (KEY, None):
        assert code_of(tmp_path / "osignerad", key) == "AIM704"
        assert read_bundle(tmp_path / "osignerad", key, unsigned=True) == (bundle, False)
    assert read_bundle(path, None, unsigned=True) == read_bundle(path, OTHER, unsigned=True) == (bundle, False)


Parts = dict[str, bytes]


def rewritten(path: Path, change: Callable[[Parts], None], *, sealed: Key | bool | None = None) -> Path:
    """The bundle with other parts. sealed: with this key, None: with hashes alone, False: as it was before."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    if sealed is not False:
        manifest = json.loads(parts["manifest.json"])
        for name in manifest["parts"]:
            if (part := parts.get(f"{name}.jsonl")) is not None:
                manifest["parts"][name] = {"bytes": len(part), "sha256": hashlib.sha256(part).hexdigest()}
        parts["manifest.json"] = content = json.dumps(manifest).encode()
        seal = {"sha256": hashlib.sha256(content).hexdigest()}
        if isinstance(sealed, Key):
            seal |= {"key": sealed.name, "hmac_sha256": sealed.signature(content)}
        parts["seal.json"] = json.dumps(seal).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    new = path.with_name("ny.aimaturity")
    new.write_bytes(made.getvalue())
    return new


def with_line(part: str, change: Callable[[dict[str, Any]], object], number: int = 0) -> Callable[[Parts], None]:
    """Changes one line of a part."""

    def changed(parts: Parts) -> None:
        lines = parts[f"{part}.jsonl"].splitlines()
        row = json.loads(lines[number])
        change(row)
        lines[number] = json.dumps(row).encode()
        parts[f"{part}.jsonl"] = b"\n".join(lines) + b"\n"

    return changed


def test_each_changed_byte_is_found(path: Path) -> None:
    whole, chance = path.read_bytes(), random.Random(7)
    content = read_bundle(path, KEY)
    for _ in range(100):
        at = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            found: object = read_bundle(path, KEY)
        except StoreRefused as refused:
            found = refused.diagnostic.code
        # The same: what was changed is a time or a right in the archive's directory, which says nothing.
        assert found in (content, "AIM701", "AIM703", "AIM704", "AIM705")


def test_a_file_that_was_cut_off_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for size in [0, 3, 10, *range(0, len(whole), 3001)]:
        path.write_bytes(whole[:size])
        assert code_of(path) in ("AIM701", "AIM703")


def test_a_content_that_was_changed_with_its_hashes_lacks_the_signature(path: Path) -> None:
    rename = with_line("entries", lambda row: row["facts"].update(name="Annat AB"))
    assert code_of(rewritten(path, rename, sealed=False)) == "AIM703"
    assert code_of(rewritten(path, rename)) == "AIM704"
    assert code_of(rewritten(path, rename, sealed=OTHER)) == "AIM705"

    def same_seal(parts: Parts) -> None:
        seal = json.loads(parts["seal.json"])
        rename(parts)
        new = rewritten(path, rename)
        with zipfile.ZipFile(new) as archive:
            parts["manifest.json"] = archive.read("manifest.json")
        parts["seal.json"] = json.dumps(seal | {"sha256": hashlib.sha256(parts["manifest.json"]).hexdigest()}).encode()

    assert code_of(rewritten(path, same_seal, sealed=False)) == "AIM703"
    assert code_of(rewritten(path, same_seal, sealed=False), unsigned=True) == "AIM703"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "AIM701"), (b"hej", "AIM701"), (b"PK\x03\x04", "AIM703"), (b"PK\x03\x04" + b"\0" * 200, "AIM703")],
)
def test_what_is_no_bundle_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(content)
    assert code_of(tmp_path / "fil") == code
    assert code_of(tmp_path / "finns-inte") == "AIM001"
    assert code_of(tmp_path) == "AIM002"


def test_another_zip_file_is_no_bundle(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "fil", "w") as archive:
        archive.writestr("brev.txt", "Bästa Åsa")
    assert code_of(tmp_path / "fil") == "AIM701"


def test_parts_of_other_names_or_twice_are_refused_and_never_written(path: Path) -> None:
    for name in ("../../ute.txt", "/etc/ute", "entries.jsonl/x", "C:\\ute"):
        assert code_of(rewritten(path, lambda parts, name=name: parts.update({name: b"x"}), sealed=KEY)) == "AIM703"
    assert code_of(rewritten(path, lambda parts: parts.pop("events.jsonl") and None, sealed=KEY)) == "AIM703"
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("entries.jsonl", b"")
    assert code_of(path) == "AIM703"


def test_a_bomb_is_not_unpacked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = rewritten(path, lambda parts: parts.update({"erased.jsonl": b"\n" * 3_000_000}), sealed=KEY)
    monkeypatch.setattr(files, "MAX_UNPACKED", 1_000_000)
    assert huge.stat().st_size < 100_000
    assert code_of(huge) == "AIM710"
    lying = rewritten(path, lambda parts: parts.update({"erased.jsonl": b"\n" * 3_000_000}), sealed=False)
    assert code_of(lying) == "AIM703"
    monkeypatch.setattr(files, "MAX_FILE", 100)
    assert code_of(path) == "AIM710"


def test_a_newer_version_is_told_to_be_one(path: Path) -> None:
    def newer(**said: object) -> Callable[[Parts], None]:
        def changed(parts: Parts) -> None:
            parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | said).encode()

        return changed

    assert code_of(rewritten(path, newer(aimaturity_bundle=2), sealed=KEY)) == "AIM702"
    assert code_of(rewritten(path, newer(schema="9999"), sealed=KEY)) == "AIM702"
    kind = with_line("entries", lambda row: row.update(kind="meeting"), 2)
    what = with_line("entries", lambda row: row.update(what="split"))
    assert code_of(rewritten(path, kind, sealed=KEY)) == "AIM702"
    assert code_of(rewritten(path, what, sealed=KEY)) == "AIM702"


BAD: list[tuple[str, int, Callable[[dict[str, Any]], object]]] = [
    ("entries", 0, lambda row: row.update(uid="ett två")),
    ("entries", 0, lambda row: row.update(clock=10**15)),
    ("entries", 0, lambda row: row.update(clock="1")),
    ("entries", 0, lambda row: row.update(device="ÅÄÖ")),
    ("entries", 0, lambda row: row.update(at="i går")),
    ("entries", 0, lambda row: row.update(at="2026-01-01T00:00:00")),
    ("entries", 0, lambda row: row.update(who=7)),
    ("entries", 0, lambda row: row.update(about="")),
    ("entries", 0, lambda row: row.update(about="811218-9876")),
    ("entries", 0, lambda row: row.update(facts=[])),
    ("entries", 0, lambda row: row.update(more=1)),
    ("entries", 0, lambda row: row.pop("who")),
    ("entries", 0, lambda row: row["facts"].update(name="a\0b")),
    ("entries", 0, lambda row: row["facts"].update(name=["a"])),
    ("entries", 0, lambda row: row["facts"].update(name="\ud800")),
    ("entries", 0, lambda row: row["facts"].update(organisationsnummer="556016-0681")),
    ("entries", 0, lambda row: row["facts"].update(organisationsnummer="811218-9876")),
    ("entries", 0, lambda row: row["facts"].update(size="enormous")),
    ("entries", 0, lambda row: row["facts"].update(county="X")),
    ("entries", 0, lambda row: row["facts"].update(extra=float("nan"))),
    ("entries", 1, lambda row: row["facts"].update(definition="sha256:" + "0" * 64)),
    ("entries", 1, lambda row: row["facts"].update(company="ingen")),
    ("entries", 1, lambda row: row["facts"].update(occasion="T9")),
    ("entries", 1, lambda row: row["facts"].update(date="2026-13-01")),
    ("entries", 1, lambda row: row.update(about="annan")),
    ("entries", 2, lambda row: row["facts"].pop("date")),
    ("entries", 2, lambda row: row["facts"].update(hours="två")),
    ("entries", 2, lambda row: row.update(what="edited")),
    ("entries", 3, lambda row: row["facts"].update(women=-1)),
    ("entries", 3, lambda row: row["facts"].update(women=1.5)),
    ("entries", 3, lambda row: row["facts"].update(activity="annan")),
    ("entries", 3, lambda row: row.update(about="ingen")),
    ("entries", 3, lambda row: row.update(kind="pilot_company", facts={"pilot": "ingen"})),
    ("entries", 4, lambda row: row["facts"].update(cost=1)),
    ("entries", 4, lambda row: row.update(what="edited")),
    ("entries", 5, lambda row: row["facts"].update(status="sovande")),
    ("entries", 5, lambda row: row["facts"].pop("by")),
    ("entries", 6, lambda row: row["facts"].update(agreed_on="snart")),
    ("entries", 6, lambda row: row["facts"].update(pilot="annan")),
    ("entries", 6, lambda row: row.update(kind="decision", what="decided", facts={"decides": "allt"})),
    ("assessments", 0, lambda row: row.update(seconds=-1)),
    ("assessments", 0, lambda row: row.update(id="annan")),
    ("events", 0, lambda row: row.update(assessment="annan")),
    ("events", 0, lambda row: row.update(seq=0)),
    ("events", 0, lambda row: row.update(seq=2)),
    ("events", 0, lambda row: row.update(voice="hunden")),
    ("events", 0, lambda row: row.update(aside=2)),
    ("events", 0, lambda row: row.update(given="{")),
    ("events", 0, lambda row: row.update(given='{"state": "guessed"}')),
    ("events", 0, lambda row: row.update(given="[" * 100_000)),
    ("definitions", 0, lambda row: row.update(content="{}")),
    ("definitions", 0, lambda row: row.update(id="annan")),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_what_the_program_can_not_have_written_is_refused(number: int, path: Path) -> None:
    part, line, change = BAD[number]
    assert code_of(rewritten(path, with_line(part, change, line), sealed=KEY)) == "AIM709"


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"uid": "a", "uid": "b"', b"x" * 9_000_000]
)
def test_lines_that_are_no_json_are_refused(line: bytes, path: Path) -> None:
    for part in files.PARTS:
        new = rewritten(path, lambda parts, part=part: parts.update({f"{part}.jsonl": line + b"\n"}), sealed=KEY)
        assert code_of(new) == "AIM709"


def test_the_same_id_twice_is_refused(bundle: Bundle, tmp_path: Path) -> None:
    first = bundle.entries[0]
    twice = [
        replace(bundle, entries=(*bundle.entries, replace(first, clock=99))),
        replace(bundle, events=(*bundle.events, bundle.events[0])),
        replace(bundle, assessments=bundle.assessments * 2),
        replace(bundle, erased=frozenset({first.uid})),
    ]
    for number, one in enumerate(twice):
        write_bundle(one, tmp_path / f"{number}", KEY)
        assert code_of(tmp_path / f"{number}") == "AIM709"


def test_a_refused_bundle_leaves_the_register_as_it_was(path: Path, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "annan.db")) as other:
        for number in (0, 25, 40):
            part, line, change = BAD[number]
            code_of(rewritten(path, with_line(part, change, line), sealed=KEY))
        assert other.entries() == []


def test_an_answer_with_a_backslash_and_a_nul_in_words_passes(store: Store, tmp_path: Path) -> None:
    [assessment] = store.assessments()
    store.record(assessment.id, [event("data_access", "skriv \\u0000 så"), event("data_inventory", "rad\0två")])
    write_bundle(store.export_bundle(), tmp_path / "b", KEY)
    bundle, _ = read_bundle(tmp_path / "b", KEY)
    with open_store(str(tmp_path / "annan.db")) as other:
        other.import_bundle(bundle)
        assert other.answers(assessment.id) == store.answers(assessment.id)
