"""What the columns of an attendance list are, by their headings in Swedish or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from aimaturity.responses.normalise import normalise, number, without_marks

Field = Literal[
    "name", "organisationsnummer", "id", "municipality", "sector", "size", "head_count", "women", "men", "other",
    "total", "gender", "hours", "date", "activity", "kind", "partner",
]  # fmt: skip
COUNTS: tuple[Field, ...] = ("women", "men", "other", "total")
OF_THE_ACTIVITY: tuple[Field, ...] = ("activity", "kind", "date", "partner")

WORDS: Mapping[Field, tuple[str, ...]] = {
    "name": (
        "företag", "företagsnamn", "företagets namn", "företag/organisation", "företag/org", "företag organisation",
        "företagets benämning", "organisation", "organisationens namn", "organisation/företag", "bolag", "bolagsnamn",
        "firma", "firmanamn", "arbetsgivare", "arbetsplats", "deltagande företag", "company", "company name",
        "company/organisation", "company/organization", "organization", "organisation name", "organization name",
        "business", "business name", "employer", "workplace", "firm", "enterprise",
    ),
    "organisationsnummer": (
        "organisationsnummer", "organisationsnr", "org.nr", "org nr", "orgnr", "org.nummer", "org nummer", "orgnummer",
        "org-nr", "företagets organisationsnummer", "organisation number", "organization number", "organisation no",
        "org no", "org number", "org.no", "company number", "company registration number", "registration number",
        "corporate identity number",
    ),
    "id": ("företags-id", "företagsid", "företags id", "company id", "company_id", "company-id", "companyid"),
    "municipality": ("kommun", "hemkommun", "kommunkod", "säteskommun", "municipality", "municipality code"),
    "sector": (
        "bransch", "branschgrupp", "näringsgren", "sektor", "sni", "sni-kod", "sni kod", "snikod", "sni-avdelning",
        "sector", "industry", "sni code", "sni section", "nace", "nace code",
    ),
    "size": ("storlek", "storleksklass", "företagsstorlek", "size", "size class", "company size"),
    "head_count": (
        "anställda", "medarbetare", "anställda i företaget", "anst", "employees", "staff", "headcount", "head count",
    ),
    "women": ("kvinnor", "kvinna", "kv", "kvinnliga", "kvinnliga deltagare", "deltagare kvinnor", "women", "woman",
              "female", "females", "female participants"),
    "men": ("män", "man", "manliga", "manliga deltagare", "deltagare män", "men", "male", "males", "male participants"),
    "other": (
        "övriga", "övrig", "annat", "annan", "andra", "annat/uppger ej", "annat kön", "ej angivet", "uppger ej",
        "vill ej ange", "vill inte ange", "okänt kön", "kön okänt", "icke-binära", "icke-binär", "other", "others",
        "other/unstated", "unstated", "other or unstated", "not stated", "unknown", "non-binary", "undisclosed",
        "prefer not to say",
    ),
    "total": (
        "totalt", "total", "summa", "antal", "personer", "totalt antal deltagare", "summa deltagare", "totalt antal",
        "antal totalt", "deltagare totalt", "participants total", "total participants", "persons", "people", "count",
        "headcount at event", "attendees total",
    ),
    "gender": ("kön", "juridiskt kön", "könsidentitet", "gender", "sex"),
    "hours": ("timmar", "timme", "tim", "h", "timmar per deltagare", "timmar per person", "tid (timmar)", "hours",
              "hours per participant", "hours per person", "duration", "hrs"),
    "date": ("datum", "dag", "aktivitetsdatum", "startdatum", "datum för aktivitet", "date", "day", "event date",
             "activity date", "start date"),
    "activity": (
        "aktivitet", "aktivitetens namn", "aktivitetsnamn", "evenemang", "event", "kurs", "kursnamn", "kurstitel",
        "activity", "activity name", "activity title", "event name", "event title", "course", "course name",
    ),
    "kind": ("typ", "slag", "aktivitetstyp", "typ av aktivitet", "kategori", "kind", "type", "activity type",
             "activity kind", "kind of activity", "type of activity", "category"),
    "partner": ("partner", "arrangör", "samverkanspart", "projektpart", "projektpartner", "part", "organiser",
                "organizer", "arranger", "host", "arranged by"),
}  # fmt: skip

NAMES = frozenset({"namn", "name"})
"""A person's name, or in a list with no other column for it the company's."""
PERSONS = frozenset({"deltagare", "participants", "participant", "attendees", "attendee", "närvarande", "närvaro"})
"""Names of persons, or a number of them, as the cells say."""
PERSONAL = frozenset(
    {
        "förnamn", "efternamn", "tilltalsnamn", "mejl", "mejladress", "mail", "mailadress", "e-post", "epost",
        "e-postadress", "epostadress", "email", "e-mail", "telefon", "telefonnummer", "tel", "mobil", "mobilnummer",
        "mobiltelefon", "phone", "mobile", "telephone", "personnummer", "personnr", "pnr", "födelsedatum", "födelseår",
        "födelsedag", "ålder", "adress", "postadress", "gatuadress", "address", "kontaktperson", "kontakt", "contact",
        "befattning", "yrkesroll", "roll", "yrke", "role", "position", "specialkost", "allergi", "allergier",
        "matallergi", "diet", "dietary", "allergies", "signatur", "underskrift", "signature", "birth", "birthday",
        "age", "linkedin", "surname", "firstname", "lastname", "ssn",
    }
)  # fmt: skip
"""Words that make a column one about single persons, whatever else stands in its heading."""
_PERSON_NAMES = re.compile(
    r"(deltagar\w*|person\w*|ditt|kontakt\w*|participant\w*|attendee\w*|contact\w*|first|last|full|your|family|given)\s*"
    r"['s]*\s*(namn|name)"
)
_PLAIN = {word: name for name, words in WORDS.items() for word in words}
_QUALIFIER = re.compile(r"^(?:antal|number of|no\.? of|nr of|varav|of which|#)\s+|,?\s+(?:antal|st|number)$")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_HEAD = 30
"""Records that headings are looked for in; above them may stand a title, a date, a place."""


@dataclass
class Columns:
    """Which column says what.

    position  of the record with the headings among the sheet's; row: the number that a spreadsheet shows for it
    by        field -> column, from 0
    personal  columns about single persons; unknown: those that are nothing that a list may say
    again     column -> the one before it that says the same
    """

    position: int
    row: int
    headings: Sequence[str]
    by: dict[Field, int] = field(default_factory=dict)
    personal: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    again: dict[int, int] = field(default_factory=dict)

    @property
    def one_row_a_person(self) -> bool:
        return not any(name in self.by for name in COUNTS) and ("gender" in self.by or bool(self.personal))


def columns_of(head: Sequence[tuple[int, list[str]]]) -> Columns:
    """The columns of a sheet that begins with these records, one of them with content: by the record in which most
    headings are known, the first of several."""
    found: list[Columns] = []
    for position, (row, record) in enumerate(head[:_HEAD]):
        cells = [cell.strip() for cell in record]
        if any(cells):
            below = [after for _, after in head[position + 1 :]]
            found.append(_columns(position, row, cells, below))
    return max(found, key=lambda columns: (len(columns.by) + bool(columns.personal), -columns.position))


def _columns(position: int, row: int, headings: Sequence[str], below: Sequence[list[str]]) -> Columns:
    made = Columns(position, row, headings)
    unsure: list[int] = []
    for column, heading in enumerate(headings):
        if not heading:
            continue
        name = field_of(heading)
        if name == "personal":
            made.personal.append(column)
        elif name == "unsure":
            unsure.append(column)
        elif name is None:
            made.unknown.append(column)
        elif name in made.by:
            made.again[column] = made.by[name]
        else:
            made.by[name] = column
    for column in unsure:
        meant = _meant(made, headings[column], [record[column] for record in below if column < len(record)])
        if meant is None or meant in made.by:
            made.personal.append(column)
        else:
            made.by[meant] = column
    made.personal.sort()
    return made


def _meant(made: Columns, heading: str, cells: Sequence[str]) -> Field | None:
    """What `Namn` or `Deltagare` heads: a number of persons, a company; None: persons' names."""
    if normalise(heading) in NAMES:
        company = {"name", "organisationsnummer", "id"} & set(made.by)
        return None if company or "gender" in made.by or made.personal else "name"
    filled = [cell for cell in cells if cell.strip()]
    return "total" if filled and all(number(cell) is not None for cell in filled) else None


def field_of(heading: str) -> Field | Literal["personal", "unsure"] | None:
    """What a heading says; `unsure` where the rest of the list decides; None where it is nothing known."""
    word = without_marks(normalise(heading))
    plain = _BRACKETS.sub(" ", word).strip()
    if word in NAMES or word in PERSONS:
        return "unsure"
    for text in (word, plain):
        if text in _PLAIN:
            return _PLAIN[text]
    stripped = _QUALIFIER.sub("", plain).strip()
    if stripped != plain and stripped in PERSONS:
        return "total"
    if stripped in _PLAIN:
        return _PLAIN[stripped]
    if _PERSON_NAMES.search(word) or PERSONAL & set(re.findall(r"[\w-]+", word)):
        return "personal"
    return None
