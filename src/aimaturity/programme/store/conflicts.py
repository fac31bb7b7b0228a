"""Where two stores, since they parted, have said different things of the same: what each said, and what counts now.

Nothing is lost by it: both are in the journal and the history. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aimaturity.programme.store.bundle import Bundle, Event
from aimaturity.programme.store.fold import (
    Company,
    Entry,
    assessments,
    companies,
    in_order,
    participations,
    pilot_companies,
    pilots,
    root,
    things,
)
from aimaturity.programme.store.merging import Here, Plan

What = Literal["answer", "field", "merge", "number", "twice", "assessment", "begun", "erased", "copied"]
_QUIET = frozenset({"started", "finished"})
"""Fields of an assessment whose times differ without anybody minding."""
SEXES = ("women", "men", "other")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both sides have done differently.

    what    answer: the same question, answered differently; field: the same field of an entry; merge: the same company
            joined with different ones; number: the same number in two companies, which are one now; twice: the company
            stands at an activity under two ids, so that persons may be counted twice; assessment: both
            have recorded answers in it; begun: both have begun one, and neither is finished; erased: one side has
            erased what the other went on with; copied: two contents under one name, as a hand-made copy of a store's
            file gives
    company    the company's id as it is now, None where it is about none
    about      the assessment, activity, pilot or company that it is in
    field      the question with its voice, or the field
    here, there, counts   what each side said, and what holds now
    """

    what: What
    company: str | None
    about: str
    field: str | None
    here: Any
    there: Any
    counts: Any


def conflicts_of(here: Here, bundle: Bundle, plan: Plan, journal: Iterable[Entry]) -> list[Conflict]:
    """Every conflict that a bundle brings; none where it brings nothing new. `journal`: all entries as they will be."""
    both = _Both(here, bundle, plan, list(journal))
    found = [
        *both.fields(), *both.merges(), *both.numbers(), *both.twice(), *both.answers(), *both.begun(), *both.erased(),
    ]  # fmt: skip
    if plan.copied:
        found.append(Conflict("copied", None, bundle.device, None, None, plan.copied, None))
    return found


class _Both:
    def __init__(self, here: Here, bundle: Bundle, plan: Plan, journal: list[Entry]) -> None:
        self.here, self.bundle, self.plan = here, bundle, plan
        known = {entry.uid: entry for entry in bundle.entries}
        concerned = None if bundle.companies is None else set(bundle.companies)
        about = {entry.about for entry in bundle.entries}
        self.theirs = in_order(plan.entries)
        self.ours = in_order(
            entry
            for uid, entry in here.entries.items()
            if known.get(uid) != entry
            and uid not in plan.gone
            and (concerned is None or entry.about in about or entry.facts.get("company") in concerned)
        )
        self.all = journal
        self.companies: dict[str, Company] = companies(_of(journal, "company"))
        self.assessments = assessments(_of(journal, "assessment"))

    def company(self, id: str | None) -> str | None:
        return root(self.companies, id) if id is not None and id in self.companies else id

    def company_of(self, kind: str, about: str) -> str | None:
        if kind == "assessment":
            said = self.assessments.get(about, {}).get("company")
            return self.company(str(said)) if said is not None else None
        return self.company(about) if kind in ("company", "participation", "pilot_company") else None

    def fields(self) -> Iterator[Conflict]:
        one, other = _said(self.ours), _said(self.theirs)
        now: dict[tuple[str, str, str], Any] | None = None
        for key in sorted(one.keys() & other.keys()):
            mine, theirs = one[key], other[key]
            if mine == theirs or (key[2] in _QUIET and mine is not None and theirs is not None):
                continue
            kind, about, name = key
            where = (kind, about, "municipality")
            if name == "county" and where in one and where in other:  # it follows from the municipality
                continue
            now = _now(self.all, self.companies) if now is None else now
            yield Conflict("field", self.company_of(kind, about), about, name, mine, theirs, now.get(key))

    def merges(self) -> Iterator[Conflict]:
        ours = [_pair(entry) for entry in self.ours if entry.what == "merged"]
        for theirs in [_pair(entry) for entry in self.theirs if entry.what == "merged"]:
            for mine in ours:
                if mine == theirs[::-1] or (mine[0] == theirs[0] and mine != theirs):
                    now = self.company(mine[0])
                    yield Conflict("merge", now, mine[0], None, " > ".join(mine), " > ".join(theirs), now)

    def numbers(self) -> Iterator[Conflict]:
        for about, what, facts in self.plan.settling:
            if what == "merged":
                into = str(facts["into"])
                number = self.companies[self.company(into) or into].fields.get("organisationsnummer")
                yield Conflict("number", self.company(into), about, number, about, into, self.company(into))

    def twice(self) -> Iterator[Conflict]:
        known = list(self.here.entries.values())
        had, before = companies(_of(known, "company")), participations(_of(known, "participation"))
        now: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
        for (activity, id), said in participations(_of(self.all, "participation")).items():
            if id in self.companies:
                now.setdefault((activity, root(self.companies, id)), {})[id] = said
        for (activity, company), parts in sorted(now.items()):
            were = {root(had, id) for id in parts if id in had and (activity, id) in before}
            old = sum((activity, id) in before for id in parts)
            if len(parts) > 1 and not (old == len(parts) and len(were) == 1):  # else it was told when they were joined
                persons = [sum(int(said.get(sex) or 0) for sex in SEXES) for said in parts.values()]
                ids = ", ".join(f"{id} ({count})" for id, count in zip(parts, persons, strict=True))
                yield Conflict("twice", company, activity, None, ids, None, sum(persons))

    def answers(self) -> Iterator[Conflict]:
        new: dict[str, list[Event]] = {}
        for event in self.plan.events:
            new.setdefault(event.assessment, []).append(event)
        known = set(self.bundle.events)
        for id, theirs in sorted(new.items()):
            mine = [event for event in self.here.events.get(id, {}).values() if event not in known]
            if not mine:
                continue
            company = self.company_of("assessment", id)
            if self.assessments.get(id, {}).get("finished") is None:
                yield Conflict("assessment", company, id, None, len(mine), len(theirs), "both")
            last = _latest([*self.here.events[id].values(), *theirs])
            one, other = _latest(mine), _latest(theirs)
            for key in sorted(one.keys() & other.keys()):
                if _given(one[key]) != _given(other[key]):
                    mine_now, their_now, counts = (json.loads(side[key].given) for side in (one, other, last))
                    yield Conflict("answer", company, id, " ".join(key), mine_now, their_now, counts)

    def begun(self) -> Iterator[Conflict]:
        names = {definition.hash: definition.id for definition in self.bundle.definitions}
        open_ones: dict[tuple[str | None, str], dict[str, list[str]]] = {}
        for side, entries in (("here", self.ours), ("there", self.theirs)):
            for entry in entries:
                said = self.assessments.get(entry.about, {})
                if (entry.kind, entry.what) != ("assessment", "begun") or not said or said.get("finished") is not None:
                    continue
                digest = str(said["definition"])
                key = (self.company(str(said["company"])), names.get(digest) or self.here.definitions.get(digest, ""))
                open_ones.setdefault(key, {"here": [], "there": []})[side].append(entry.about)
        for (company, name), sides in sorted(open_ones.items(), key=lambda item: (item[0][0] or "", item[0][1])):
            if sides["here"] and sides["there"]:
                one, other = (", ".join(sorted(sides[side])) for side in ("here", "there"))
                yield Conflict("begun", company, company or "", name, one, other, "both")

    def erased(self) -> Iterator[Conflict]:
        """What was gone on with after the other side had erased it: nobody can tell which company it was."""
        entered = [uid for uid in self.plan.gone if uid not in self.bundle.erased]
        if entered:
            yield Conflict("erased", None, "", None, len(entered), 0, "erased")
        if self.plan.kept_out:
            yield Conflict("erased", None, "", None, 0, len(self.plan.kept_out), "erased")


def _of(entries: Iterable[Entry], kind: str) -> list[Entry]:
    return [entry for entry in entries if entry.kind == kind]


def _pair(merge: Entry) -> tuple[str, str]:
    return merge.about, str(merge.facts["into"])


def _said(entries: Iterable[Entry]) -> dict[tuple[str, str, str], Any]:
    """(kind, about, field) -> what was last said of it, of entries in order."""
    found: dict[tuple[str, str, str], Any] = {}
    for entry in entries:
        about, facts = entry.about, dict(entry.facts)
        if entry.kind in ("participation", "pilot_company"):
            other = str(facts.pop("activity" if entry.kind == "participation" else "pilot"))
            found[entry.kind, about, other] = None if entry.what == "removed" else facts
        elif entry.kind == "pilot" and entry.what in ("status", "outcome"):
            name = "status" if entry.what == "status" else f"outcome {facts.get('occasion')}"
            found[entry.kind, about, name] = facts.get("status") if entry.what == "status" else facts
        elif entry.kind == "activity" and entry.what == "removed":
            found[entry.kind, about, "removed"] = True
        elif entry.kind in ("company", "assessment", "activity", "pilot") and entry.what != "merged":
            # What isn't said when a thing is added takes nothing from what another has said of it.
            said = {k: v for k, v in facts.items() if v is not None or entry.what != "added"}
            found |= {(entry.kind, about, name): value for name, value in said.items() if about}
    return found


def _now(entries: list[Entry], found: Mapping[str, Company]) -> dict[tuple[str, str, str], Any]:
    """The same of everything that is known, as it counts."""
    now = _said(in_order(entries))
    now |= {("company", id, name): value for id, one in found.items() for name, value in one.fields.items()}
    now |= {
        ("activity", id, name): value
        for id, said in things(_of(entries, "activity")).items()
        for name, value in said.items()
    }
    now |= {
        ("pilot", id, "status"): card["history"][-1]["status"] for id, card in pilots(_of(entries, "pilot")).items()
    }
    for kind, pairs in (
        ("participation", participations(_of(entries, "participation"))),
        ("pilot_company", pilot_companies(_of(entries, "pilot_company"))),
    ):
        now |= {(kind, about, other): said for (other, about), said in pairs.items()}
    return now


def _latest(events: Iterable[Event]) -> dict[tuple[str, str], Event]:
    """(variable, voice) -> the event that counts."""
    found: dict[tuple[str, str], Event] = {}
    for event in sorted(events, key=lambda event: (event.seq, event.device)):
        if not event.aside:
            found[event.variable, event.voice] = event
    return found


def _given(event: Event) -> Any:
    said = json.loads(event.given)
    return said.get("state"), said.get("value")
