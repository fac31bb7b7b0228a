"""`sync`: bundles between laptops and the hub."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aimaturity.cli.register import DatabaseOption, JsonOption, as_json, opened
from aimaturity.cli.shared import LangOption, end, fail, language, out, remark, tell
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.programme.store import Store
    from aimaturity.programme.store.bundle import Bundle
    from aimaturity.programme.store.conflicts import Conflict
    from aimaturity.programme.store.sealing import Key
    from aimaturity.programme.store.syncing import Synced

app = typer.Typer(help="Bundles between registers on several laptops.", no_args_is_help=True)
KeyOption = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="The key that you share (default: the file AIMATURITY_SYNC_KEY names)."),
]


@app.command(epilog="Example: aimaturity sync key hub.key")
def key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; never one that is there already.")],
    lang: LangOption = None,
) -> None:
    """Make the key that a hub and its advisers share, once for all."""
    from aimaturity.programme.store import StoreRefused
    from aimaturity.programme.store.sealing import make_key

    said = language(lang)
    try:
        made = make_key(file)
    except StoreRefused as refused:
        tell([refused.diagnostic], said)
        fail()
    out(say("sync_key_made", said, name=made.name, path=file))


@app.command(epilog="Example: aimaturity sync export åsa-2026-11-23.aimaturity --key hub.key")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The bundle; never a file that is there already.")],
    companies: Annotated[
        list[str] | None,
        typer.Option("--company", metavar="ID", help="Only what concerns this company; may be repeated."),
    ] = None,
    key_file: KeyOption = None,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Write what this register knows into a bundle for another one."""
    from aimaturity.programme.store.bundle_file import write_bundle
    from aimaturity.programme.store.fold import companies as companies_of

    said = language(lang)
    shared, notes = _key(key_file, said)
    with opened(database, said) as store:
        bundle = store.export_bundle(companies or None)
        write_bundle(bundle, file, shared)
    found = companies_of(entry for entry in bundle.entries if entry.kind == "company")
    count = sum(company.joined is None for company in found.values())
    facts = {"companies": count, "assessments": len(bundle.assessments), "events": len(bundle.events)}
    out(say("sync_exported", said, path=file, **facts))
    if shared is None:
        remark(say("sync_not_signed", said))
    remark(say("sync_not_hidden", said))
    tell(notes, said)
    end(notes)


@app.command("import", epilog="Example: aimaturity sync import åsa-2026-11-23.aimaturity --dry-run")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle from another register.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would change, and change nothing.")] = False,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Take it without a key's word that it comes from one of your own.")
    ] = False,
    key_file: KeyOption = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Take in what a bundle knows. Nothing is lost; what both sides have said differently is listed (exit code 1)."""
    from aimaturity.programme.store.bundle_file import read_bundle

    said = language(lang)
    shared, notes = _key(key_file, said)
    with opened(database, said, create=not dry_run) as store:
        bundle, signed = read_bundle(file, shared, unsigned)
        done = store.import_bundle(bundle, dry_run)
        notes += [done.left] if done.left is not None else []
        if as_json_:
            told = {"device": bundle.device, "made": bundle.made, "companies_of": bundle.companies, "signed": signed}
            problems = [note.as_dict(said) for note in notes]
            out(as_json({**told, "dry_run": dry_run, "done": done, "problems": problems}))
        else:
            _tell_done(store, bundle, done, signed, dry_run, said)
    tell(notes, said)
    end(notes, look=bool(done.conflicts or done.reports or done.erased_companies))


def _key(file: Path | None, lang: str) -> tuple[Key | None, list[Diagnostic]]:
    """The shared key, if one is named, and what its owner should know. Ends with 2 where it is none."""
    from aimaturity.programme.store import StoreRefused
    from aimaturity.programme.store.sealing import KEY_VARIABLE, read_key

    named = os.environ.get(KEY_VARIABLE)
    if file is None and not named:
        return None, []
    try:
        return read_key(file if file is not None else Path(str(named)))
    except StoreRefused as refused:
        tell([refused.diagnostic], lang)
        fail()


def _tell_done(store: Store, bundle: Bundle, done: Synced, signed: bool, dry_run: bool, lang: str) -> None:
    if dry_run:
        out(say("sync_dry", lang))
    if not signed:
        remark(say("sync_unverified", lang))
    facts = {"device": bundle.device, "made": bundle.made[:16].replace("T", " ")}
    if done.changes:
        names = ("companies", "assessments", "events", "entries", "already")
        out(say("sync_imported", lang, **facts, **{name: getattr(done, name) for name in names}))
    else:
        out(say("sync_nothing_new", lang, **facts))
    if any(done.erased.values()):
        named = ", ".join(done.erased_companies) or "–"
        out(say("sync_erased", lang, **{**done.erased, "companies": named}))
    if done.kept_out:
        out(say("sync_kept_out", lang, count=done.kept_out))
    if done.reports:
        out(say("erase_reports", lang, paths="\n".join(done.reports)))
    if done.conflicts:
        out(say("sync_conflicts", lang, count=len(done.conflicts)))
    for conflict in done.conflicts:
        out("  " + _conflict_line(store, conflict, lang))


def _conflict_line(store: Store, conflict: Conflict, lang: str) -> str:
    key = "sync_erased_since" if conflict.what == "erased" else f"sync_{conflict.what}"
    show = _words if conflict.what != "answer" else _answer(store, conflict, lang)
    return say(
        key,
        lang,
        company=_name(store, conflict.company) if conflict.company else conflict.about,
        about=conflict.about,
        field=conflict.field or "",
        here=show(conflict.here),
        there=show(conflict.there),
        counts=show(conflict.counts),
    )


def _name(store: Store, id: str) -> str:
    from aimaturity.programme.store import StoreRefused

    try:
        name = store.company(id).name
    except StoreRefused:  # it isn't here: nothing was taken in
        name = None
    return f"{name} ({id})" if name and name != id else id


def _answer(store: Store, conflict: Conflict, lang: str) -> Any:
    from aimaturity.programme.store.shown import value_of
    from aimaturity.responses.given import from_json

    questionnaire = store.open_questionnaire(conflict.about)
    variable = (conflict.field or "").partition(" ")[0]

    def words(said: Mapping[str, Any]) -> str:
        given = from_json(said)
        return value_of(questionnaire, variable, given, lang) or say(f"state_{given.state.name.lower()}", lang)

    return words


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_words(part)}" for name, part in value.items())
    return "–" if value is None else str(value)
