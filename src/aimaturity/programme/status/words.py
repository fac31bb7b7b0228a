"""What the status says in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from aimaturity.definitions.base import Text
from aimaturity.definitions.programme import Programme
from aimaturity.definitions.promises import ActivityKind, AssessedPromise, PilotsPromise, ReachedPromise
from aimaturity.scoring.parts import Words

LANGUAGES = ("sv", "en")

SIZES: dict[str, Words] = {
    "micro": {"sv": "Mikroföretag (under 10 personer)", "en": "Micro (under 10 persons)"},
    "small": {"sv": "Små (10–49)", "en": "Small (10–49)"},
    "medium": {"sv": "Medelstora (50–249)", "en": "Medium-sized (50–249)"},
    "large": {"sv": "Stora (250 eller fler)", "en": "Large (250 or more)"},
}
MONTHS: dict[str, tuple[str, ...]] = {
    "sv": (
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
        "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip
DIMENSIONS: dict[str, Words] = {
    "partner": {"sv": "Partner", "en": "Partner"},
    "county": {"sv": "Län", "en": "County"},
    "municipality": {"sv": "Kommun", "en": "Municipality"},
    "sector": {"sv": "Bransch", "en": "Sector"},
    "size": {"sv": "Storlek", "en": "Size"},
    "month": {"sv": "Månad", "en": "Month"},
    "kind": {"sv": "Slag av aktivitet", "en": "Kind of activity"},
}
MEASURES: dict[str, Words] = {
    "first_partner": {"sv": "{title}, först av", "en": "{title}, first by"},
    "activities": {"sv": "Aktiviteter", "en": "Activities"},
    "companies": {"sv": "Företag", "en": "Companies"},
    "participants.women": {"sv": "Deltagare, kvinnor", "en": "Participants, women"},
    "participants.men": {"sv": "Deltagare, män", "en": "Participants, men"},
    "participants.other": {"sv": "Deltagare, annat", "en": "Participants, other"},
    "hours.women": {"sv": "Timmar, kvinnor", "en": "Hours, women"},
    "hours.men": {"sv": "Timmar, män", "en": "Hours, men"},
    "hours.other": {"sv": "Timmar, annat", "en": "Hours, other"},
}
NOT_STATED: Words = {"sv": "Inte angivet", "en": "Not stated"}
NO_PARTNER: Words = {"sv": "Ingen partner angiven, eller en bedömning", "en": "No partner stated, or an assessment"}
ELSEWHERE: Words = {"sv": "{name} (inte i programfilen)", "en": "{name} (not in the programme file)"}
NOT_COUNTED: Words = {"sv": "{name} (räknas inte)", "en": "{name} (doesn't count)"}

RULES: dict[str, Words] = {
    "reached_both": {
        "sv": "Olika företag, enskilda firmor också, som har deltagit i {kinds} eller har en avslutad bedömning "
        "({assessments}).",
        "en": "Distinct companies, sole traders too, that took part in {kinds} or have a finished assessment "
        "({assessments}).",
    },
    "reached_activities": {
        "sv": "Olika företag, enskilda firmor också, som har deltagit i {kinds}.",
        "en": "Distinct companies, sole traders too, that took part in {kinds}.",
    },
    "reached_assessments": {
        "sv": "Olika företag, enskilda firmor också, som har en avslutad bedömning ({assessments}).",
        "en": "Distinct companies, sole traders too, that have a finished assessment ({assessments}).",
    },
    "least": {"sv": "{kind} (minst {hours} timmar)", "en": "{kind} (at least {hours} hours)"},
    "assessed": {
        "sv": "Olika företag med en avslutad bedömning ({assessments}).",
        "en": "Distinct companies with a finished assessment ({assessments}).",
    },
    "assessed_areas": {
        "sv": "Olika företag med en avslutad bedömning ({assessments}) där minst {areas} områden har fått poäng.",
        "en": "Distinct companies with a finished assessment ({assessments}) in which at least {areas} areas have a "
        "score.",
    },
    "among": {
        "sv": "{rule} De räknas bland dem i ”{among}”.",
        "en": "{rule} They are counted among those of “{among}”.",
    },
    "pilots": {
        "sv": "Piloter som är {statuses}. En pilot räknas den dag den blev det.",
        "en": "Pilots that are {statuses}. A pilot counts on the day when it became so.",
    },
    "pilots_stopped": {
        "sv": "{rule} En pilot som har varit i gång räknas även om den har stoppats.",
        "en": "{rule} A pilot that has been running counts even if it was stopped.",
    },
}
STATUSES: dict[str, Words] = {
    "idea": {"sv": "en idé", "en": "an idea"},
    "applied": {"sv": "sökta", "en": "applied for"},
    "approved": {"sv": "godkända", "en": "approved"},
    "running": {"sv": "i gång", "en": "running"},
    "ended": {"sv": "avslutade", "en": "ended"},
    "stopped": {"sv": "stoppade", "en": "stopped"},
}
OR: Words = {"sv": "eller", "en": "or"}

FUNNEL: dict[str, Words] = {
    "assessed": {"sv": "av dem {title}", "en": "of those, {title}"},
    "pilot": {"sv": "av dem med i en pilot", "en": "of those, in a pilot"},
}

NOTES: dict[str, Words] = {
    "once": {
        "sv": "Ett företag räknas en gång, den dag det först nåddes. Poster som har slagits ihop är ett företag.",
        "en": "A company counts once, on the day when it was first reached. Entries that were merged are one company.",
    },
    "partners": {
        "sv": "Ett företag som flera partner har nått står hos var och en av dem. Raderna kan bli mer än summan.",
        "en": "A company that several partners reached stands with each of them. Rows may therefore add to more than "
        "the total.",
    },
    "attendances": {
        "sv": "Deltagare är deltaganden: den som är med två gånger räknas två gånger.",
        "en": "Participants are attendances: whoever comes twice counts twice.",
    },
    "counting": {
        "sv": "Deltagare räknas vid aktiviteter av slag som räknas, timmar vid utbildning. Annat är annat kön och "
        "för kön som inte är uppgivet.",
        "en": "Participants are counted at activities of kinds that count, hours at education. Other is another "
        "sex, and for one that isn't stated.",
    },
    "places": {
        "sv": "Företag och deltagare står på företagets kommun, aktiviteter på den där de hölls.",
        "en": "Companies and participants stand in the company's municipality, activities where they were held.",
    },
    "forecast": {
        "sv": "Prognosen säger vad det blir vid periodens slut om det går som de senaste hela månaderna (högst 12); "
        "åtta gånger av tio hamnar det i intervallet.",
        "en": "The forecast says what it becomes by the period's end if it goes on as in the latest full months (at "
        "most 12); eight times in ten it ends up in the interval.",
    },
    "expected": {
        "sv": "Väntat i dag är målets andel av de dagar som har gått.",
        "en": "Expected by now is the target's share of the days gone.",
    },
    "withheld": {
        "sv": "Antal på 1 eller 2 företag eller personer visas inte, inte heller deltagare och timmar från färre än "
        "tre företag eller sådant som skulle avslöja dem.",
        "en": "Numbers of 1 or 2 companies or persons aren't shown, nor participants and hours from fewer than three "
        "companies, nor what would give them away.",
    },
    "whole": {
        "sv": "”{title}” visas inte alls, inte heller nollor: för få företag eller personer står bakom.",
        "en": "“{title}” isn't shown at all, nor are its zeros: too few companies or persons stand behind it.",
    },
}

GAPS: dict[str, tuple[Words, Words]] = {
    "company_municipality": (
        {"sv": "Företag utan kommun", "en": "Companies without a municipality"},
        {"sv": "Ange den med company edit --municipality.", "en": "Enter it with company edit --municipality."},
    ),
    "company_sector": (
        {"sv": "Företag utan bransch", "en": "Companies without a sector"},
        {"sv": "Ange den med company edit --sector.", "en": "Enter it with company edit --sector."},
    ),
    "company_size": (
        {"sv": "Företag utan storlek", "en": "Companies without a size"},
        {"sv": "Ange den med company edit --size.", "en": "Enter it with company edit --size."},
    ),
    "company_organisationsnummer": (
        {"sv": "Företag utan organisationsnummer", "en": "Companies without an organisation number"},
        {
            "sv": "Ange det med company edit --number. Enskilda firmor har inget som får sparas.",
            "en": "Enter it with company edit --number. Sole traders have none that may be kept.",
        },
    ),
    "company_elsewhere": (
        {"sv": "Företag utanför programmets län", "en": "Companies outside the programme's counties"},
        {
            "sv": "De räknas. Fråga finansiären om de får göra det.",
            "en": "They count. Ask the funder whether they may.",
        },
    ),
    "company_alike": (
        {"sv": "Företag med nästan samma namn som ett annat", "en": "Companies named almost like another"},
        {
            "sv": "Är de samma? Se company list --duplicates, som hittar fler.",
            "en": "Are they the same? See company list --duplicates, which finds more.",
        },
    ),
    "activity_kind": (
        {"sv": "Aktiviteter av okänt slag", "en": "Activities of an unknown kind"},
        {
            "sv": "Slaget finns inte i programfilen, och de räknas inte. Ändra det med activity edit.",
            "en": "The programme file hasn't the kind, and they don't count. Change it with activity edit.",
        },
    ),
    "activity_partner": (
        {"sv": "Aktiviteter av okänd partner", "en": "Activities of an unknown partner"},
        {"sv": "Ändra partnern med activity edit.", "en": "Change the partner with activity edit."},
    ),
    "activity_nobody": (
        {"sv": "Aktiviteter utan deltagare", "en": "Activities without participants"},
        {"sv": "Läs in deltagarlistan med activity import.", "en": "Read in the attendance list with activity import."},
    ),
    "activity_outside": (
        {"sv": "Aktiviteter utanför perioden", "en": "Activities outside the period"},
        {"sv": "De räknas inte. Stämmer datumet?", "en": "They don't count. Is the date right?"},
    ),
    "participation_zero": (
        {"sv": "Deltaganden med noll personer", "en": "Participations of nobody"},
        {
            "sv": "De räknas inte. Ange antalen med activity attend.",
            "en": "They don't count. Enter the numbers with activity attend.",
        },
    ),
    "participation_twice": (
        {
            "sv": "Sammanslagna företag som står två gånger på samma aktivitet",
            "en": "Merged companies that stand twice at the same activity",
        },
        {
            "sv": "Är det samma personer? Rätta antalen med activity attend.",
            "en": "Are they the same persons? Set the numbers right with activity attend.",
        },
    ),
    "participation_hours": (
        {"sv": "Deltaganden utan timmar där timmar räknas", "en": "Participations without hours where hours count"},
        {"sv": "Ange timmarna med activity edit --hours.", "en": "Enter the hours with activity edit --hours."},
    ),
    "assessment_outside": (
        {"sv": "Avslutade bedömningar utanför perioden", "en": "Finished assessments outside the period"},
        {"sv": "De räknas inte. Stämmer datumet?", "en": "They don't count. Is the date right?"},
    ),
    "assessment_paused": (
        {"sv": "Bedömningar där inget har hänt på 30 dagar", "en": "Assessments in which nothing happened for 30 days"},
        {
            "sv": "Ta upp dem med interview; svar ur en enkät avslutas med assessment import --finished.",
            "en": "Take them up with interview; a survey's answers are finished by assessment import --finished.",
        },
    ),
    "assessment_unscored": (
        {"sv": "Avslutade bedömningar som inte kunde räknas", "en": "Finished assessments that couldn't be scored"},
        {"sv": "Poängmodellen saknas: aimaturity models.", "en": "The scoring model is missing: aimaturity models."},
    ),
    "assessment_basis": (
        {"sv": "Avslutade bedömningar med för litet underlag", "en": "Finished assessments with too little basis"},
        {
            "sv": "De räknas inte som analyser. Fråga efter svaren som saknas.",
            "en": "They don't count as analyses. Ask for the answers that are missing.",
        },
    ),
    "pilot_baseline": (
        {"sv": "Piloter utan startvärde", "en": "Pilots without a baseline"},
        {
            "sv": "Utan startvärde syns ingen effekt. Ange det med pilot update.",
            "en": "Without a baseline no effect can be seen. Enter it with pilot update.",
        },
    ),
    "pilot_outside": (
        {"sv": "Piloter utanför perioden", "en": "Pilots outside the period"},
        {"sv": "De räknas inte. Stämmer datumet?", "en": "They don't count. Is the date right?"},
    ),
}  # fmt: skip


def both(text: Text) -> Words:
    """A text of the programme file in the languages of the status."""
    return text.as_dict(LANGUAGES)


def filled(words: Words, **facts: Words | str | int) -> Words:
    """The words with facts filled in, each in its language."""
    return {
        language: text.format_map(
            {name: fact[language] if isinstance(fact, dict) else fact for name, fact in facts.items()}
        )
        for language, text in words.items()
    }


def listed(items: Iterable[Words]) -> Words:
    """`a, b eller c`."""
    found = list(items)
    return {language: _listed([item[language] for item in found], OR[language]) for language in LANGUAGES}


def _listed(items: list[str], word: str) -> str:
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def month(name: str) -> Words:
    """`mars 2023`, of YYYY-MM."""
    year, number = name[:4], int(name[5:7])
    return {language: f"{MONTHS[language][number - 1]} {year}" for language in LANGUAGES}


def rule_of(
    promise: ReachedPromise | AssessedPromise | PilotsPromise, programme: Programme, titles: dict[str, Words]
) -> Words:
    """How a promise is counted, in whole sentences. titles: questionnaire id -> its name."""
    if isinstance(promise, PilotsPromise):
        rule = filled(RULES["pilots"], statuses=listed(STATUSES[status] for status in promise.statuses))
        stopped = "running" in promise.statuses and "stopped" not in promise.statuses
        return filled(RULES["pilots_stopped"], rule=rule) if stopped else rule
    names = listed(titles.get(name, dict.fromkeys(LANGUAGES, name)) for name in promise.assessments)
    if isinstance(promise, ReachedPromise):
        kinds = [_kind(kind) for kind in programme.activities_of(promise)]
        key = "both" if kinds and promise.assessments else "activities" if kinds else "assessments"
        return filled(RULES[f"reached_{key}"], kinds=listed(kinds), assessments=names)
    key = "assessed_areas" if promise.scored_areas else "assessed"
    rule = filled(RULES[key], assessments=names, areas=promise.scored_areas)
    among = programme.promise(promise.among) if promise.among is not None else None
    return filled(RULES["among"], rule=rule, among=both(among.title)) if among is not None else rule


def _kind(kind: ActivityKind) -> Words:
    title = {language: text[:1].lower() + text[1:] for language, text in both(kind.title).items()}
    if kind.least_hours is None:
        return title
    return {
        language: words[language]
        for language in LANGUAGES
        for words in [filled(RULES["least"], kind=title, hours=_number(kind.least_hours, language))]
    }


def _number(value: float, language: str) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if language == "sv" else text
