"""What `interview` says before the first question and after the last one, in both languages."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "paused": {"sv": "Pågående intervjuer:", "en": "Interviews under way:"},
    "paused_none": {"sv": "Det finns inga pågående intervjuer.", "en": "There are no interviews under way."},
    "paused_more": {
        "sv": "… och äldre: {count}. Sök efter företagets namn.",
        "en": "… and older ones: {count}. Look for the company's name.",
    },
    "paused_line": {
        "sv": "{place} {company}: {questionnaire} {occasion}, {stands}, sparad {day}",
        "en": "{place} {company}: {questionnaire} {occasion}, {stands}, saved {day}",
    },
    "stands_at": {"sv": "fråga {number} av {total}", "en": "question {number} of {total}"},
    "stands_end": {"sv": "alla frågor passerade", "en": "all questions passed"},
    "choose": {
        "sv": "Nummer fortsätter, n nytt företag, eller ett namn att söka efter: ",
        "en": "A number goes on, n new company, or a name to look for: ",
    },
    "choose_none": {
        "sv": "n nytt företag, eller ett namn att söka efter: ",
        "en": "n new company, or a name to look for: ",
    },
    "found": {"sv": "{place} {company}", "en": "{place} {company}"},
    "choose_found": {
        "sv": "Vilket företag? Nummer, n nytt företag '{name}', tom rad = avbryt: ",
        "en": "Which company? Number, n new company '{name}', empty line = leave: ",
    },
    "new_named": {
        "sv": "Inget företag heter '{name}'. Skriv n för ett nytt företag med det namnet, tom rad = avbryt: ",
        "en": "No company is called '{name}'. Type n for a new company of that name, empty line = leave: ",
    },
    "name": {"sv": "Företagets namn: ", "en": "The company's name: "},
    "number": {
        "sv": "Organisationsnummer (tom rad = inget): ",
        "en": "Organisation number (empty line = none): ",
    },
    "number_personal": {
        "sv": "Det är ett personnummer. Det sparas inte: företaget läggs in med bara sitt namn.",
        "en": "This is a personal number. It is not stored: the company is entered by its name alone.",
    },
    "number_wrong": {
        "sv": "Kontrollsiffran stämmer inte, eller så är det inte tio siffror. Skriv numret igen, eller en tom rad.",
        "en": "The check digit is wrong, or it isn't ten digits. Type the number again, or an empty line.",
    },
    "number_known": {
        "sv": "Det numret har {company} redan. Vi fortsätter med det företaget.",
        "en": "{company} has that number already. We go on with that company.",
    },
    "company_added": {"sv": "{company} är inlagt.", "en": "{company} is entered."},
    "need_company": {
        "sv": "Ange företaget: aimaturity interview FÖRETAG, eller en första rad 'company: namn'.",
        "en": "Name the company: aimaturity interview COMPANY, or a first line 'company: name'.",
    },
    "no_company": {
        "sv": "Inget företag '{name}' finns i registret. Lägg in det med en första rad 'company: {name}'.",
        "en": "There is no company '{name}' in the register. Enter it with a first line 'company: {name}'.",
    },
    "which_company": {
        "sv": "Inget företag heter precis '{name}'. Det som liknar: {names}. Ange id eller organisationsnummer.",
        "en": "No company is called just '{name}'. What is like it: {names}. Give the id or organisation number.",
    },
    "finished": {
        "sv": "{company} har en avslutad {questionnaire} {occasion} från {day}.",
        "en": "{company} has a finished {questionnaire} {occasion} of {day}.",
    },
    "finished_choose": {
        "sv": "1 titta, 2 ändra i den, 3 börja en ny mätning ({next}), tom rad = avbryt: ",
        "en": "1 look, 2 change it, 3 begin a new one ({next}), empty line = leave: ",
    },
    "finished_choose_last": {
        "sv": "1 titta, 2 ändra i den, tom rad = avbryt: ",
        "en": "1 look, 2 change it, empty line = leave: ",
    },
    "resumed": {
        "sv": "{company}: fortsätter {questionnaire} {occasion}.",
        "en": "{company}: going on with {questionnaire} {occasion}.",
    },
    "begun": {
        "sv": "{company}: ny {questionnaire} {occasion}.",
        "en": "{company}: new {questionnaire} {occasion}.",
    },
    "carried_one": {
        "sv": "Ett svar följer med från snabbkollen {day}.",
        "en": "One answer comes along from the quick scan of {day}.",
    },
    "carried_many": {
        "sv": "{count} svar följer med från snabbkollen {day}.",
        "en": "{count} answers come along from the quick scan of {day}.",
    },
    "held": {
        "sv": "{who} arbetar med den här intervjun sedan {since} ({host}).",
        "en": "{who} has been working on this interview since {since} ({host}).",
    },
    "somebody": {"sv": "Någon", "en": "Somebody"},
    "held_choose": {
        "sv": "1 titta utan att ändra, 2 ta över, tom rad = avbryt: ",
        "en": "1 look without changing, 2 take over, empty line = leave: ",
    },
    "looking": {"sv": "Ni tittar bara: inget sparas.", "en": "You are only looking: nothing is saved."},
    "changed": {
        "sv": "Frågorna har fått en ny version ({old} → {new}):",
        "en": "The questionnaire has a new version ({old} → {new}):",
    },
    "changed_new": {"sv": "  ny: {text}", "en": "  new: {text}"},
    "changed_gone": {"sv": "  borttagen: {text}", "en": "  gone: {text}"},
    "changed_options": {"sv": "  andra svarsalternativ: {text}", "en": "  other options: {text}"},
    "changed_asked": {"sv": "  ställs till andra: {text}", "en": "  asked of others: {text}"},
    "changed_reworded": {"sv": "  omskriven: {text}", "en": "  reworded: {text}"},
    "changed_choose": {
        "sv": "1 fortsätt med den gamla versionen, 2 gå över till den nya. Inga svar försvinner. Vilken? ",
        "en": "1 go on with the old version, 2 go over to the new one. No answer is lost. Which? ",
    },
    "changed_old": {
        "sv": "Fortsätter med version {old}, som intervjun började med.",
        "en": "Going on with version {old}, which the interview began with.",
    },
    "changed_to_new": {"sv": "Fortsätter med version {new}.", "en": "Going on with version {new}."},
    "one_of": {"sv": "Svara med ett av numren.", "en": "Answer with one of the numbers."},
    "resume_with": {
        "sv": "Fortsätt med: aimaturity interview {company}{more}",
        "en": "Go on with: aimaturity interview {company}{more}",
    },
    "next_report": {"sv": "Nästa steg: aimaturity report {company}", "en": "Next: aimaturity report {company}"},
    "report_at": {"sv": "Rapporten finns i {path}", "en": "The report is in {path}"},
    "list_at": {"sv": "Frågelistan finns i {path}", "en": "The question list is in {path}"},
    "answers_at": {"sv": "Svaren finns i {path}", "en": "The answers are in {path}"},
    "exists": {"sv": "{path} finns redan; inget skrevs.", "en": "{path} is there already; nothing was written."},
    "report_unsaved": {
        "sv": "Allt är inte sparat än, och rapporten skulle sakna svar. Ingen rapport gjordes.",
        "en": "Not everything is saved yet, and the report would lack answers. No report was made.",
    },
    "no_report": {"sv": "Ingen rapport kunde göras.", "en": "No report could be made."},
    "no_model": {
        "sv": "Det finns ingen poängmodell som heter {name}, så inget resultat kan visas.",
        "en": "There is no scoring model called {name}, so no result can be shown.",
    },
    "bad_occasion": {"sv": "Mätningen är T0, T1 eller T2.", "en": "The occasion is T0, T1 or T2."},
    "left": {"sv": "Avbrutet. Inget har ändrats.", "en": "Left. Nothing has been changed."},
}


def say(key: str, language: str, **facts: object) -> str:
    """A sentence in the language."""
    return WORDS[key][language].format_map(facts)
