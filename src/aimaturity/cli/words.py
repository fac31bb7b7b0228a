"""What commands say, in both languages. Whole sentences per plural form, never glued."""

from __future__ import annotations

from aimaturity.cli.words_activities import ACTIVITIES
from aimaturity.cli.words_cohort import COHORT
from aimaturity.cli.words_pilot import PILOT
from aimaturity.cli.words_register import REGISTER
from aimaturity.cli.words_sync import SYNC

WORDS: dict[str, dict[str, str]] = {
    "clean": {"sv": "Inga problem.", "en": "No problems."},
    "read": {
        "sv": "{file}: lästa rader: {rows}; kopplade kolumner: {matched}; verktygets egna: {own}; ej lästa: {ignored}.",
        "en": "{file}: rows read: {rows}; columns matched: {matched}; the tool's own: {own}; not read: {ignored}.",
    },
    "known_as": {
        "sv": "{file}: läses som {tool} ({reasons}); annat väljs med --source.",
        "en": "{file}: read as {tool} ({reasons}); choose another with --source.",
    },
    "standing": {
        "sv": "Kompletta svar: {complete}; påbörjade: {partial}.",
        "en": "Complete: {complete}; partial: {partial}.",
    },
    "aside": {"sv": "Lagda åt sidan, räknas inte: {listed}.", "en": "Set aside, not scored: {listed}."},
    "aside_test": {"sv": "provsvar", "en": "tests"},
    "aside_rejected": {"sv": "underkända", "en": "rejected"},
    "aside_empty": {"sv": "tomma rader", "en": "empty rows"},
    "aside_repeated": {"sv": "upprepade", "en": "repeated"},
    "aside_headings": {"sv": "rubrikrader", "en": "rows of headings"},
    "aside_sums": {"sv": "summarader", "en": "rows of sums"},
    "aside_another": {"sv": "rader ur en annan export", "en": "rows of another export"},
    "reading": {"sv": "Läser och räknar", "en": "Reading and scoring"},
    "rows_per_second": {"sv": "{rate} rader/s", "en": "{rate} rows/s"},
    "bad_choice": {
        "sv": "'{name}' finns inte. Välj bland: {choices}",
        "en": "There is no '{name}'. Choose from: {choices}",
    },
    "mapping_found": {
        "sv": "Använder mappningen från förra gången en sådan fil lästes: {path}",
        "en": "Uses the mapping from the last time such a file was read: {path}",
    },
    "mapping_kept": {
        "sv": "Mappningen sparades för nästa fil med samma rubriker: {path}",
        "en": "The mapping was kept for the next file with the same headings: {path}",
    },
    "mapping_not_kept": {
        "sv": "Mappningen kunde inte sparas i {path}.",
        "en": "The mapping couldn't be kept in {path}.",
    },
    "mapping_comments": {
        "sv": "Så tolkades filen. Fyll i 'to' där det är null; 'suggestion' är bara ett förslag.\n"
        "to: fråga, fråga.del, fråga=alternativ, fråga.comment, identity:fält eller ignore",
        "en": "How the file was read. Fill in 'to' where it is null; 'suggestion' is never applied by itself.\n"
        "to: question, question.part, question=option, question.comment, identity:field or ignore",
    },
    "mapping_done": {
        "sv": "Kopplade kolumner: {matched}; utan fråga: {open}; svar som inte förstods: {values}.",
        "en": "Columns matched: {matched}; without a question: {open}; answers not understood: {values}.",
    },
    "mapping_next": {
        "sv": "Ändra filen, och kör: aimaturity score {file}{options} --mapping {path}",
        "en": "Edit the file, and run: aimaturity score {file}{options} --mapping {path}",
    },
    "scored": {
        "sv": "Rader med poäng i minst ett område: {scored} av {rows}.",
        "en": "Rows with a score in at least one area: {scored} of {rows}.",
    },
    "unread": {
        "sv": "Celler som inte kunde användas: {cells} (olika: {kinds}). De första:",
        "en": "Cells that couldn't be used: {cells} (different: {kinds}). The first ones:",
    },
    "unread_more": {"sv": "… och {more} till", "en": "… and {more} more"},
    "columns_more": {
        "sv": "… och {more} kolumner till som inte lästes; aimaturity map visar dem alla",
        "en": "… and {more} more columns that weren't read; aimaturity map shows them all",
    },
    "problems_hint": {
        "sv": "Hela listan: lägg till --problems problem.csv",
        "en": "The whole list: add --problems problems.csv",
    },
    "written": {"sv": "Skrev {path}", "en": "Wrote {path}"},
    "next_report": {
        "sv": "Nästa steg: aimaturity report {file}{options} -o rapporter",
        "en": "Next: aimaturity report {file}{options} -o reports",
    },
    "next_map": {
        "sv": "För att reda ut kolumner och svar: aimaturity map {file}{options} -o mappning.yaml",
        "en": "To sort out columns and answers: aimaturity map {file}{options} -o mapping.yaml",
    },
    "strict": {
        "sv": "Inget skrevs: det finns problem, och --strict är på.",
        "en": "Nothing was written: there are problems, and --strict is on.",
    },
    "reports_done": {
        "sv": "{folder}: skrivna filer: {written}; oförändrade: {unchanged}; misslyckade: {failed}.",
        "en": "{folder}: files written: {written}; unchanged: {unchanged}; failed: {failed}.",
    },
    "files_done": {"sv": "Rapporter: {count} filer i {folder}", "en": "Reports: {count} files in {folder}"},
    "reports_interrupted": {
        "sv": "Avbrutet efter {count} av {all} företag. Filerna som redan ligger i {folder} är hela.",
        "en": "Interrupted after {count} of {all} companies. The files that lie in {folder} already are whole.",
    },
    "rendering": {"sv": "Gör rapporter", "en": "Making reports"},
    "reports_per_second": {"sv": "{rate} företag/s", "en": "{rate} companies/s"},
    "leftovers": {
        "sv": "I {folder} ligger filer som inte hör till de här företagen: {count} ({names}). De är orörda.",
        "en": "In {folder} lie files that aren't of these companies: {count} ({names}). They are untouched.",
    },
    "leftovers_redacted": {
        "sv": "Lämna inte ut mappen: i {folder} ligger andra filer, som kan namnge företag: {count} ({names}).",
        "en": "Don't hand out the folder: in {folder} lie other files, which may name companies: {count} ({names}).",
    },
    "not_compared_redacted": {
        "sv": "Avidentifierade kopior jämförs inte: --benchmark används inte.",
        "en": "Redacted copies aren't compared: --benchmark isn't used.",
    },
    "report_failed": {"sv": "Ingen rapport för {name}: {reason}", "en": "No report for {name}: {reason}"},
    "open": {"sv": "Öppna {path} i en webbläsare.", "en": "Open {path} in a browser."},
    "demo_intro": {
        "sv": "Räknar exempelexporten: {count} påhittade företag.",
        "en": "Scoring the example export: {count} invented companies.",
    },
    "demo_note": {
        "sv": "Exemplet har avsiktliga fel; de står i {path}.",
        "en": "The example has faults on purpose; they are listed in {path}.",
    },
    "demo_programme": {
        "sv": "Ett påhittat program: 1 000 företag, två år, tretton organisationer.",
        "en": "An invented programme: 1,000 companies, two years, thirteen organisations.",
    },
    "demo_why": {
        "sv": "Raderna bakom ett tal: aimaturity status --why reached.county.10 {options}",
        "en": "The rows behind a number: aimaturity status --why reached.county.10 {options}",
    },
    "questions": {"sv": "frågor", "en": "questions"},
    "shadowed": {
        "sv": "Din egen '{name}' står före den som följer med programmet.",
        "en": "Your own '{name}' stands in front of the one that comes with the program.",
    },
    "exists": {"sv": "{path} finns redan; inget skrevs.", "en": "{path} is there already; nothing was written."},
    "new_done": {
        "sv": "Klart. Ändra filerna, och kontrollera dem med: aimaturity check {folder}",
        "en": "Done. Edit the files, and check them with: aimaturity check {folder}",
    },
    "new_programme_done": {
        "sv": "Klart. Ändra filen, och kontrollera den med: aimaturity check {file}\n"
        "Den används med --programme {file}, eller av sig själv om den ligger ensam i {home}.",
        "en": "Done. Edit the file, and check it with: aimaturity check {file}\n"
        "It is used with --programme {file}, or by itself where it lies alone in {home}.",
    },
    "several_programmes": {
        "sv": "Det finns flera program i {folder}: {names}. Välj ett med --programme.",
        "en": "There are several programmes in {folder}: {names}. Choose one with --programme.",
    },
    "not_together": {
        "sv": "{one} och {other} går inte att använda tillsammans.",
        "en": "{one} and {other} can't be used together.",
    },
    "drafted": {
        "sv": "Frågor i utkastet: {questions}. Utan poäng tills du fyller i dem; behöver en egen regel: {left}.",
        "en": "Questions drafted: {questions}. Without points until you fill them in; in need of a rule: {left}.",
    },
    "drafted_unread": {
        "sv": "Några svar går inte att läsa tillbaka i: {names}. Rätta dem för hand.",
        "en": "Some answers can't be read back in: {names}. Mend these by hand.",
    },
    "drafted_next": {
        "sv": "Nästa steg: gå igenom filerna i {folder}, kör aimaturity check {folder}, och: "
        "aimaturity score {file} -m {model}",
        "en": "Next: go through the files in {folder}, run aimaturity check {folder}, and: "
        "aimaturity score {file} -m {model}",
    },
    "nothing_to_draft": {"sv": "{file} har inga kolumner med svar.", "en": "{file} has no columns with answers."},
    "no_company": {"sv": "Inget företag '{name}' i {path}.", "en": "No company '{name}' in {path}."},
    "which_company": {
        "sv": "{path} har flera företag; välj med --company: {names}",
        "en": "{path} has several companies; choose with --company: {names}",
    },
    "no_node": {"sv": "Ingen nod '{name}'. Det finns: {names}", "en": "No node '{name}'. There are: {names}"},
    "score_of": {"sv": "{score} poäng", "en": "{score} points"},
    "no_score": {"sv": "ingen poäng: {reason}", "en": "no score: {reason}"},
    "bounds": {"sv": "mellan {low} och {high}", "en": "between {low} and {high}"},
    "coverage": {
        "sv": "besvarade frågor: {answered}; känd vikt: {share}",
        "en": "questions answered: {answered}; weight known: {share}",
    },
    "level": {"sv": "nivå {level}", "en": "level {level}"},
    "level_range": {"sv": "nivå {low} till {high}", "en": "level {low} to {high}"},
    "rule": {"sv": "Regel: {rule}", "en": "Rule: {rule}"},
    "sum": {"sv": "Tillsammans {points}", "en": "Together {points}"},
    "missing": {"sv": "Saknas: {names}", "en": "Missing: {names}"},
    "held_back": {"sv": "Det som saknas för nivå {level}:", "en": "What is missing for level {level}:"},
    "needs": {"sv": "behövs {needed}, är {has}", "en": "needs {needed}, is {has}"},
    "unknown": {"sv": "okänt", "en": "unknown"},
    "container": {"sv": "den samlar bara andra", "en": "it only holds others"},
    "zero_in_mean": {"sv": "en nolla i ett medel som inte tål nollor", "en": "a zero in a mean that can't have zeros"},
    "nothing_applies": {"sv": "inget i den gäller företaget", "en": "nothing in it applies to the company"},
    "too_little_basis": {"sv": "för litet underlag", "en": "too little basis"},
    "no_answers": {"sv": "inga svar", "en": "no answers"},
    "why": {"sv": "Varför det spelar roll", "en": "Why it matters"},
    "do": {"sv": "Gör så här", "en": "What to do"},
    "no_code": {"sv": "Det finns ingen kod {name}.", "en": "There is no code {name}."},
    "nothing_scored": {"sv": "Ingenting kunde räknas.", "en": "Nothing could be scored."},
    "bad_ending": {
        "sv": "Okänd filändelse '{ending}'. Det finns: {endings}",
        "en": "Unknown ending '{ending}'. There are: {endings}",
    },
    **REGISTER,
    **ACTIVITIES,
    **PILOT,
    **SYNC,
    **COHORT,
}


def say(key: str, language: str, **facts: object) -> str:
    """A sentence in the language."""
    return WORDS[key][language].format_map(facts)
