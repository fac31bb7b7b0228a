"""What happened in an invented programme, as one store tells another: who came to what, was assessed, and what became
of the ideas."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aimaturity.definitions.hashing import canonical_json, content_hash
from aimaturity.definitions.programme import Partner, Programme
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.programme.invented.answers import answers_of
from aimaturity.programme.invented.firms import Firm, firms
from aimaturity.programme.pilots.card import PilotCard
from aimaturity.programme.store.answers import written
from aimaturity.programme.store.bundle import Bundle, Definition, Event, Progress
from aimaturity.programme.store.entries import LETTERS
from aimaturity.programme.store.fold import Entry, Kind

DEVICE = "invented"
ADVISERS = ("Åsa Ek", "Göran Björk", "Märta Löv", "Örjan Hägg", "Amina Ström")
COURSES = (
    "AI för småföretag",
    "Mät före och efter",
    "Rätt data till rätt fråga",
    "Trygg användning av AI",
    "AI och klimatnytta",
)
SEMINARS = (
    "Frukost: en pilot berättar",
    "AI-förordningen för mindre företag",
    "Vem bestämmer om AI hos er?",
    "Energi och AI",
)


@dataclass
class _Making:
    rng: random.Random
    happened: list[tuple[str, int, Kind, str, str, Mapping[str, Any], str | None]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    met: dict[str, dt.date] = field(default_factory=dict)
    reached: dict[str, dt.date] = field(default_factory=dict)

    def meet(self, firm: Firm, day: dt.date, counts: bool = True) -> None:
        """A company is met, and reached where it counts, on this day at the latest."""
        for days in (self.met, self.reached) if counts else (self.met,):
            days[firm.id] = min(day, days.get(firm.id, day))

    def say(self, at: str, kind: Kind, about: str, what: str, facts: Mapping[str, Any], who: str | None = None) -> None:
        self.happened.append((at, len(self.happened), kind, about, what, facts, who))

    def id(self, length: int) -> str:
        return "".join(self.rng.choice(LETTERS) for _ in range(length))

    def entries(self) -> list[Entry]:
        ordered = sorted(self.happened, key=lambda one: one[:2])
        return [
            Entry(self.id(16), clock, DEVICE, at, who, kind, about, what, facts)
            for clock, (at, _, kind, about, what, facts, who) in enumerate(ordered, start=1)
        ]


def invented(
    programme: Programme,
    full: Questionnaire,
    scan: Questionnaire,
    ideas: Sequence[PilotCard],
    until: dt.date,
    *,
    seed: int = 1,
    companies: int = 1000,
) -> Bundle:
    """An invented programme from the first day of its period to `until`.

    programme  has a period, municipalities, kinds of activity and partners
    full, scan the questionnaires of the analysis and the quick scan
    ideas      cards; companies in them are chosen among the invented ones, and some of the pilots are started
    companies  in the register; of a thousand, some 930 are reached, 90 analysed, 240 quickly scanned

    The same arguments give the same bundle, which any store can take in.
    """
    if programme.period is None or not programme.counties:
        raise ValueError("the programme has no period or no municipalities")
    making = _Making(random.Random(seed))
    rng = making.rng
    first = programme.period.from_
    days = (until - first).days
    places = [m.id for county in programme.counties for m in county.municipalities]
    made = firms(rng, companies, places)
    _activities(making, programme, made, first, days)
    scanned = [firm for firm in made if rng.random() < 0.24]
    for firm in scanned:
        day = _workday(first + dt.timedelta(days=rng.randint(20, days)))
        making.meet(firm, day)
        _assessment(making, firm, scan, day, None, finished=True)
    analysed = _analyses(making, full, made, first, days)
    _register(making, made, first, until)
    _pilots(making, programme, ideas, made, analysed, first, days)
    now = f"{until.isoformat()}T18:00:00.000+01:00"
    kept = [
        Definition(content_hash(q), "questionnaire", q.questionnaire, q.version, canonical_json(q), now)
        for q in (full, scan)
    ]
    return Bundle(
        DEVICE,
        now,
        None,
        entries=tuple(making.entries()),
        assessments=tuple(sorted(making.progress, key=lambda one: one.id)),
        events=tuple(making.events),
        definitions=tuple(sorted(kept, key=lambda one: one.hash)),
    )


def _activities(making: _Making, programme: Programme, made: Sequence[Firm], first: dt.date, days: int) -> None:
    """Courses, seminars, visits and letters, more of them as the programme gets going."""
    rng = making.rng
    kinds = programme.activity_kinds
    open_kinds = [kind for kind in kinds if kind.counts]
    for n in range(round(len(made) * 0.105)):
        day = _workday(first + dt.timedelta(days=int(days * rng.random() ** 0.8)))
        kind = rng.choice([k for k in open_kinds if k.education] or open_kinds)
        partner = rng.choice(programme.partners)
        number = rng.randint(3, 12)
        near = [firm for firm in made if firm.county in partner.counties]
        new = [firm for firm in near if firm.id not in making.reached]
        guests = rng.sample(near, min(len(near), max(2, number // 2))) + rng.sample(new, min(len(new), number))
        title = rng.choice(COURSES if kind.id == "course" else SEMINARS)
        hours = rng.choice((3.0, 4.0, 6.0)) if kind.id == "course" else rng.choice((1.0, 1.5, 2.0))
        place = rng.choice([firm.municipality for firm in near])
        _activity(making, kind.id, f"{title} ({n + 1})", day, hours, partner, place, guests)
    for visits in [kind for kind in open_kinds if not kind.education][:1]:
        for _ in range(round(len(made) * 0.16)):
            firm = rng.choice(made)
            partner = rng.choice([p for p in programme.partners if firm.county in p.counties])
            day = _workday(first + dt.timedelta(days=rng.randint(10, days)))
            _activity(making, visits.id, f"Besök hos {firm.id}", day, 1.5, partner, firm.municipality, [firm])
    for letters in [kind for kind in kinds if not kind.counts][:1]:
        for n in range(days // 90):
            day = _workday(first + dt.timedelta(days=90 * n + 40))
            guests = rng.sample(list(made), len(made) // 3)
            title = f"Nyhetsbrev {n + 1}"
            _activity(making, letters.id, title, day, None, programme.partners[0], None, guests, counts=False)
    forgotten = rng.choice(open_kinds)  # a list that was never handed in
    _activity(making, forgotten.id, "Kväll om AI i Åhus", _workday(first + dt.timedelta(days=days // 2)), 2.0,
              programme.partners[-1], places_of(programme)[0], [])  # fmt: skip


def places_of(programme: Programme) -> list[str]:
    """Codes of all municipalities of a programme."""
    return [m.id for county in programme.counties for m in county.municipalities]


def _activity(
    making: _Making, kind: str, title: str, day: dt.date, hours: float | None, partner: Partner, place: str | None,
    guests: Sequence[Firm], counts: bool = True,
) -> None:  # fmt: skip
    rng, id = making.rng, making.id(8)
    facts = {"kind": kind, "title": title, "date": day.isoformat(), "hours": hours, "partner": partner.id,
             "municipality": place}  # fmt: skip
    at = _time(rng, day, 17)
    making.say(at, "activity", id, "added", facts)
    for firm in guests:
        persons = min(firm.persons, rng.choices((1, 2, 3), (6, 3, 1))[0])
        share = (firm.women + 0.5) / (firm.persons + 1)
        women = sum(rng.random() < share for _ in range(persons))
        other = 1 if firm.other and rng.random() < 0.1 else 0
        numbers = {"women": women, "men": persons - women, "other": other}
        making.say(at, "participation", firm.id, "added", {"activity": id, **numbers, "hours": None})
        making.meet(firm, day, counts)


def _analyses(making: _Making, full: Questionnaire, made: Sequence[Firm], first: dt.date, days: int) -> list[Firm]:
    """Full assessments, some of them a second time; one is paused, and one has too little basis."""
    rng, reached = making.rng, making.reached
    last = first + dt.timedelta(days=days)
    eager = sorted(
        (firm for firm in made if firm.id in reached and reached[firm.id] + dt.timedelta(days=14) < last),
        key=lambda firm: (-firm.step["capability"] - 2 * rng.random(), firm.id),
    )
    chosen = eager[: round(len(made) * 0.092)]
    for n, firm in enumerate(chosen):
        begin = reached[firm.id] + dt.timedelta(days=14)
        day = _workday(begin + dt.timedelta(days=int((last - begin).days * rng.random() ** 1.4)))
        if n == 0:
            _assessment(making, firm, full, day, "T0", finished=False)
        elif n == 1:
            _assessment(making, firm, full, day, "T0", finished=True, unknown=0.8)
        else:
            _assessment(making, firm, full, day, "T0", finished=True, own=rng.random() < 0.2)
        again = day + dt.timedelta(days=rng.randint(240, 400))
        if n > 1 and again <= last and rng.random() < 0.75:
            gain = rng.gauss(0.45, 0.35)
            _assessment(making, firm, full, _workday(again), "T1", finished=True, gain=gain)
    return list(chosen[2:])


def _assessment(
    making: _Making, firm: Firm, asked: Questionnaire, day: dt.date, occasion: str | None, *, finished: bool,
    gain: float = 0.0, unknown: float = 0.04, own: bool = False,
) -> None:  # fmt: skip
    rng, id = making.rng, making.id(10)
    adviser = rng.choice(ADVISERS)
    at = _time(rng, day, 9)
    facts = {
        "company": firm.id, "definition": content_hash(asked), "occasion": occasion, "adviser": adviser,
        "present": None, "language": "sv", "date": day.isoformat(), "started": at,
    }  # fmt: skip
    making.say(at, "assessment", id, "begun", facts, adviser)
    seq = 0
    voices = [("adviser", gain)]
    if own:  # the company thinks better of itself than the adviser finds
        voices.insert(0, ("company", gain + 0.4))
    for voice, step in voices:
        answers = list(answers_of(rng, firm, asked, step, unknown).items())
        if not finished:
            answers = answers[: len(answers) // 2]
        for variable, given in answers:
            seq += 1
            origin, who = ("interview", adviser) if voice == "adviser" else ("import", None)
            text = written(given)
            making.events.append(Event(id, seq, DEVICE, variable, voice, origin, text, who, at, 0))
    making.progress.append(Progress(id, 60.0 * rng.randint(38, 65) if occasion else 600.0, None))
    if finished:
        done = _time(rng, day, 10)
        making.say(done, "assessment", id, "finished", {"finished": done}, adviser)


def _register(making: _Making, made: Sequence[Firm], first: dt.date, until: dt.date) -> None:
    """Every company's entry, on the day when it was first met; some were entered twice, and half of those joined."""
    rng = making.rng
    for n, firm in enumerate(made):
        day = making.met.get(firm.id, first)
        at = f"{day.isoformat()}T07:00:00.000+01:00"
        place = {"municipality": firm.municipality, "county": firm.county, "sector": firm.sector} if firm.stated else {}
        facts = {"name": firm.name, "organisationsnummer": firm.number, **place}
        making.say(at, "company", firm.id, "added", facts)
        if n % 125 == 60:
            twin = f"{firm.id}b"
            name = firm.name.removesuffix(" AB")
            making.say(at, "company", twin, "added", {"name": name, "organisationsnummer": None})
            if n % 250 == 60:
                later = min(until, day + dt.timedelta(days=30))
                making.say(_time(rng, later, 12), "company", twin, "merged", {"into": firm.id, "assessments": []})


def _pilots(
    making: _Making, programme: Programme, ideas: Sequence[PilotCard], made: Sequence[Firm], analysed: Sequence[Firm],
    first: dt.date, days: int,
) -> None:  # fmt: skip
    """The ideas as cards in the register, each of companies that were analysed; the first nine are started."""
    rng = making.rng
    taken: set[str] = set()
    for n, card in enumerate(ideas):
        near = [p for p in programme.partners if card.county in p.counties]
        partners = [p.id for p in near if p.role == "partner"]
        researchers = [p.id for p in near if p.role == "university"]
        data = card.model_dump(mode="json", by_alias=True, exclude_none=True)
        for key in ("id", "companies", "history", "outcomes"):
            data.pop(key, None)
        data["partner"] = rng.choice(partners) if partners else None
        data["researcher"] = rng.choice(researchers) if researchers else None
        day = first + dt.timedelta(days=days // 4 + n * 9)
        at = _time(rng, _workday(day), 11)
        making.say(at, "pilot", card.id, "added", {k: v for k, v in data.items() if v is not None})
        steps = [("idea", 0)]
        if n < 9:
            steps += [("applied", 25), ("approved", 60), ("running", 75)]
        if n < 2:
            steps.append(("ended", 260))
        for status, after in steps:
            when = _workday(day + dt.timedelta(days=after))
            if when > first + dt.timedelta(days=days):
                continue
            by = "Rådgivaren" if status == "idea" else "Styrgruppen"
            facts = {"status": status, "date": when.isoformat(), "by": by}
            making.say(_time(rng, when, 13), "pilot", card.id, "status", facts)
        met = [f for f in (*analysed, *made) if f.id not in taken and making.met.get(f.id, dt.date.max) <= day]
        fits = [f for f in met if (f.county, f.sector) == (card.county, card.sector)]
        for firm in fits[: max(1, len(card.companies))]:
            taken.add(firm.id)
            agreed = card.companies[0].agreed_on is not None if card.companies else False
            known = dict(card.companies[0].known) if card.companies else {}
            signed = _workday(day + dt.timedelta(days=20)).isoformat() if agreed or n < 9 else None
            making.say(at, "pilot_company", firm.id, "added", {"pilot": card.id, "agreed_on": signed, "known": known})
        if n < 2 and card.business.effect is not None and card.climate.effect is not None:
            when = _workday(day + dt.timedelta(days=265))
            share = rng.uniform(0.5, 1.1)
            measured = {
                "occasion": "T1", "date": when.isoformat(), "business": round(card.business.effect.likely * share, -3),
                "climate": round(card.climate.effect.likely * share, -2), "gender_equality": "small",
            }  # fmt: skip
            if when <= first + dt.timedelta(days=days):
                making.say(_time(rng, when, 14), "pilot", card.id, "outcome", measured)


def _workday(day: dt.date) -> dt.date:
    """The day, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _time(rng: random.Random, day: dt.date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02d}:{rng.randint(0, 59):02d}:00.000+01:00"
