"""The words of the printed interview guide and the answers file to fill in, in both languages."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "title": {"sv": "Intervjuguide: {title}", "en": "Interview guide: {title}"},
    "version": {
        "sv": "Version {version} av frågorna. Frågor: {count}. Planerad tid: {minutes} minuter.",
        "en": "Version {version} of the questions. Questions: {count}. Planned time: {minutes} minutes.",
    },
    "version_no_time": {
        "sv": "Version {version} av frågorna. Frågor: {count}.",
        "en": "Version {version} of the questions. Questions: {count}.",
    },
    "head_company": {"sv": "Företag: ", "en": "Company: "},
    "head_number": {"sv": "Organisationsnummer: ", "en": "Organisation number: "},
    "head_date": {"sv": "Datum: ", "en": "Date: "},
    "head_people": {"sv": "Med vid samtalet: ", "en": "Present: "},
    "head_adviser": {"sv": "Rådgivare: ", "en": "Adviser: "},
    "how": {"sv": "Så går samtalet till", "en": "How to hold the interview"},
    "how_say": {"sv": "Säg först:", "en": "Say first:"},
    "how_ask": {
        "sv": "Ställ frågan som den står. Läs inte upp stegen: lyssna, och kryssa i det steg som stämmer.",
        "en": "Ask the question as it stands. Don't read the steps aloud: listen, and tick the step that fits.",
    },
    "how_cards": {
        "sv": "Svarskorten sist i guiden kan läggas på bordet när någon vill se alternativen.",
        "en": "The answer cards at the end can be laid on the table when somebody wants to see the options.",
    },
    "how_evidence": {
        "sv": "Titta bara på det som är märkt [E]. Resten räcker det att få berättat, eller skickat efteråt.",
        "en": "Look only at what is marked [E]. For the rest it is enough to be told, or to be sent it afterwards.",
    },
    "how_unknown": {
        "sv": "”Vet inte” är ett fullgott svar. Skriv vem som vet. Inget måste besvaras.",
        "en": '"Don\'t know" is a good answer. Write who knows. Nothing must be answered.',
    },
    "how_enter": {
        "sv": "För in svaren efteråt: i svarsfilen {file}, eller med aimaturity interview.",
        "en": "Enter the answers afterwards: in the answers file {file}, or with aimaturity interview.",
    },
    "section": {"sv": "{place}. {title}", "en": "{place}. {title}"},
    "section_minutes": {"sv": "{place}. {title} ({minutes} minuter)", "en": "{place}. {title} ({minutes} minutes)"},
    "help": {"sv": "Hjälp: {text}", "en": "Help: {text}"},
    "look": {"sv": "[E] {text}", "en": "[E] {text}"},
    "evidence": {"sv": "Underlag: {text}", "en": "Evidence: {text}"},
    "only_if": {"sv": "Ställs bara om {clause}.", "en": "Asked only if {clause}."},
    "not_if": {"sv": "Gäller inte om {clause}.", "en": "Doesn't apply if {clause}."},
    "several": {"sv": "Flera svar går bra.", "en": "Several answers are fine."},
    "at_most": {"sv": "Högst {count} svar.", "en": "At most {count} answers."},
    "alone": {"sv": "(ensamt svar)", "en": "(alone)"},
    "answer": {"sv": "Svar: ", "en": "Answer: "},
    "unknown": {"sv": "Vet inte. Vem vet? ", "en": "Don't know. Who knows? "},
    "not_applicable": {"sv": "Gäller inte. Varför? ", "en": "Not applicable. Why? "},
    "seen": {"sv": "sett", "en": "seen"},
    "told": {"sv": "sagt", "en": "told"},
    "later": {"sv": "skickas", "en": "to be sent"},
    "notes": {"sv": "Anteckningar: ", "en": "Notes: "},
    "cards": {"sv": "Svarskort", "en": "Answer cards"},
    "card_one": {"sv": "Fråga {list}", "en": "Question {list}"},
    "card_many": {"sv": "Fråga {list}", "en": "Questions {list}"},
    # -- conditions --
    "is": {"sv": "svaret på fråga {number} är {value}", "en": "the answer to question {number} is {value}"},
    "at_least": {
        "sv": "svaret på fråga {number} är minst {value}",
        "en": "the answer to question {number} is at least {value}",
    },
    "below": {
        "sv": "svaret på fråga {number} är lägre än {value}",
        "en": "the answer to question {number} is lower than {value}",
    },
    "answered": {"sv": "fråga {number} är besvarad", "en": "question {number} is answered"},
    "state_answered": {"sv": "fråga {number} är besvarad", "en": "question {number} is answered"},
    "state_dont_know": {
        "sv": "svaret på fråga {number} är vet inte",
        "en": "the answer to question {number} is don't know",
    },
    "state_not_applicable": {
        "sv": "fråga {number} inte gäller företaget",
        "en": "question {number} doesn't apply to the company",
    },
    "state_hidden": {"sv": "fråga {number} inte ställs", "en": "question {number} isn't asked"},
    "state_blank": {"sv": "fråga {number} saknar svar", "en": "question {number} has no answer"},
    "part": {"sv": "{number} ({part})", "en": "{number} ({part})"},
    "and": {"sv": " och ", "en": " and "},
    "or": {"sv": " eller ", "en": " or "},
    "not": {"sv": "det inte är så att {clause}", "en": "it is not so that {clause}"},
    "quoted": {"sv": "”{text}”", "en": "“{text}”"},
    # -- the answers file --
    "file_1": {
        "sv": "Svar på {title}. Fyll i efter kolonet; det som lämnas tomt räknas som obesvarat.",
        "en": "Answers to {title}. Fill in after the colon; what is left empty counts as unanswered.",
    },
    "file_2": {
        "sv": "Läs in filen med: aimaturity assessment import FIL, eller gör en rapport: aimaturity report FIL",
        "en": "Read the file with: aimaturity assessment import FILE, or make a report: aimaturity report FILE",
    },
    "file_3": {
        "sv": "Vet inte, gäller inte och underlag skrivs så här:",
        "en": "Don't know, not applicable and evidence are written like this:",
    },
    "file_ask": {"sv": "ekonomichefen", "en": "the CFO"},
    "file_reason": {"sv": "Allt ingår i hyran", "en": "All of it is in the rent"},
    "file_note": {"sv": "Såg en export", "en": "Saw an export"},
    "file_comment": {"sv": "Varje måndag", "en": "Every Monday"},
    "file_allowed": {"sv": "får vara not_applicable", "en": "may be not_applicable"},
    "file_text": {"sv": "egna ord", "en": "own words"},
    "file_day": {"sv": "en dag, till exempel 2026-11-23", "en": "a day, such as 2026-11-23"},
    "file_number": {"sv": "ett tal, {low} till {high}", "en": "a number, {low} to {high}"},
    "file_several": {"sv": "en lista, till exempel [{first}]", "en": "a list, such as [{first}]"},
    "file_day_today": {"sv": "dagen för samtalet", "en": "the day of the interview"},
    "file_occasion": {"sv": "T0, T1 eller T2", "en": "T0, T1 or T2"},
}


def say(key: str, language: str, **facts: object) -> str:
    """The words in Swedish, else in English."""
    return WORDS[key]["sv" if language == "sv" else "en"].format_map(facts)
