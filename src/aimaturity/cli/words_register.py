"""What the commands of the register say, in both languages; part of `words.WORDS`."""

from __future__ import annotations

REGISTER: dict[str, dict[str, str]] = {
    "company_added": {"sv": "Lade till {name} ({id}).", "en": "Added {name} ({id})."},
    "company_edited": {"sv": "Ändrade {name} ({id}).", "en": "Changed {name} ({id})."},
    "company_merged": {
        "sv": "{source} är nu en del av {name} ({id}). Det gamla id:t hittar dit.",
        "en": "{source} is now part of {name} ({id}). The old id still finds it.",
    },
    "looks_like": {
        "sv": "{name} liknar {other}, som redan finns. Är det samma: aimaturity company merge {ids}",
        "en": "{name} looks like {other}, which is there already. If it is: aimaturity company merge {ids}",
    },
    "no_companies": {"sv": "Inga företag.", "en": "No companies."},
    "no_assessments": {"sv": "Inga bedömningar.", "en": "No assessments."},
    "nothing_to_edit": {
        "sv": "Ange vad som ska ändras, till exempel --name eller --municipality.",
        "en": "Say what to change, for example --name or --municipality.",
    },
    "also_known": {"sv": "Även känt som: {ids}", "en": "Also known as: {ids}"},
    "number": {"sv": "Organisationsnummer: {number}", "en": "Organisation number: {number}"},
    "report_written": {"sv": "Rapport {when}: {path}", "en": "Report {when}: {path}"},
    "assessment_line": {
        "sv": "{id}  {date}  {questionnaire} {version}  {occasion}  {standing}  {events} händelser  {who}",
        "en": "{id}  {date}  {questionnaire} {version}  {occasion}  {standing}  {events} events  {who}",
    },
    "finished": {"sv": "avslutad", "en": "finished"},
    "going_on": {"sv": "pågår", "en": "going on"},
    "held_by": {"sv": "{who} arbetar med den sedan {since}.", "en": "{who} has been working on it since {since}."},
    "voice_adviser": {"sv": "Rådgivarens svar", "en": "The adviser's answers"},
    "voice_company": {"sv": "Företagets egna svar", "en": "The company's own answers"},
    "origin_interview": {"sv": "intervju", "en": "interview"},
    "origin_import": {"sv": "fil", "en": "file"},
    "origin_carried": {"sv": "tidigare bedömning", "en": "earlier assessment"},
    "state_answered": {"sv": "svar", "en": "answered"},
    "state_dont_know": {"sv": "vet inte", "en": "don't know"},
    "state_not_applicable": {"sv": "gäller inte", "en": "not applicable"},
    "state_blank": {"sv": "inget svar", "en": "no answer"},
    "evidence_seen": {"sv": "sett", "en": "seen"},
    "evidence_told": {"sv": "sagt", "en": "told"},
    "evidence_later": {"sv": "skickas", "en": "to be sent"},
    "evidence": {"sv": "underlag: {words}", "en": "evidence: {words}"},
    "comment": {"sv": "kommentar: {words}", "en": "comment: {words}"},
    "ask": {"sv": "fråga {words}", "en": "ask {words}"},
    "reason": {"sv": "därför: {words}", "en": "because: {words}"},
    "why_differs": {"sv": "skillnaden: {words}", "en": "the difference: {words}"},
    "unread_answer": {"sv": "gick inte att läsa: {words}", "en": "could not be read: {words}"},
    "kept_aside": {"sv": "räknas inte: en annan hade tagit över", "en": "doesn't count: another had taken over"},
    "no_differences": {
        "sv": "Företagets svar och rådgivarens skiljer sig inte åt.",
        "en": "The company's answers and the adviser's don't differ.",
    },
    "no_such_question": {"sv": "Inget svar på '{name}'.", "en": "No answer to '{name}'."},
    "behind_activity": {"sv": "aktivitet", "en": "activity"},
    "behind_assessment": {"sv": "bedömning", "en": "assessment"},
    "behind_pilot": {"sv": "pilot", "en": "pilot"},
    "behind_company": {"sv": "företag", "en": "company"},
    "behind_total": {"sv": "{cell}: {total} (rader: {rows})", "en": "{cell}: {total} (rows: {rows})"},
    "imported": {
        "sv": "{file}: rader: {rows}; nya företag: {companies}; nya bedömningar: {assessments}; "
        "nya eller ändrade svar: {answers}; redan inlästa rader: {same}; ej inlästa: {left}.",
        "en": "{file}: rows: {rows}; new companies: {companies}; new assessments: {assessments}; "
        "new or changed answers: {answers}; rows read in before: {same}; rows not read in: {left}.",
    },
    "nothing_new": {
        "sv": "{file}: inget nytt; allt är redan inläst.",
        "en": "{file}: nothing new; all was read before.",
    },
    "imported_finished": {
        "sv": "Bedömningar som avslutades nu: {count}.",
        "en": "Assessments that were finished now: {count}.",
    },
    "imported_open": {
        "sv": "Bedömningar som pågår: {count}. De räknas i status och cohort när de är avslutade: efter en intervju, "
        "eller, om ingen ska frågas mer, med samma kommando och --finished.",
        "en": "Assessments that go on: {count}. They count in status and cohort when they are finished: after an "
        "interview or, if nobody is to be asked more, by the same command with --finished.",
    },
    "erase_list": {
        "sv": "Detta tas bort för alltid: {name} ({id}), bedömningar: {assessments}, händelser: {events}.",
        "en": "This goes for ever: {name} ({id}), assessments: {assessments}, events: {events}.",
    },
    "erase_type": {"sv": "Skriv företagets namn för att ta bort det", "en": "Type the company's name to erase it"},
    "erase_needs_yes": {
        "sv": "Inget togs bort. Lägg till --yes, eller skriv företagets namn vid en terminal.",
        "en": "Nothing was erased. Add --yes, or type the company's name at a terminal.",
    },
    "erase_done": {
        "sv": "Borta ur registret. Säkerhetskopior och filer utanför registret är inte rörda.",
        "en": "Gone from the register. Backups and files outside the register are untouched.",
    },
    "erase_reports": {
        "sv": "Rapporter att ta bort för hand:\n{paths}",
        "en": "Reports to delete by hand:\n{paths}",
    },
    "erase_mentions": {
        "sv": "Företaget nämns fortfarande i texter om annat. Ändra texterna; journalen behåller ändå hur de "
        "löd:\n{rows}",
        "en": "The company is still named in texts on other things. Change them; the journal keeps what "
        "they said:\n{rows}",
    },
    "erase_history": {
        "sv": "Företaget nämns i journalen, där inget kan ändras. Berätta det för den som bad om "
        "att bli borttagen:\n{rows}",
        "en": "The company is named in the journal, where nothing can be changed. Tell whoever asked to "
        "be erased:\n{rows}",
    },
    "mention": {"sv": "  {kind} {id}: {field}", "en": "  {kind} {id}: {field}"},
    "behind_decision": {"sv": "beslut", "en": "decision"},
    "backed_up": {"sv": "Kopian är skriven: {path}", "en": "The copy is written: {path}"},
    "whole": {
        "sv": "Registret är helt: {companies} företag, {assessments} bedömningar, {events} händelser. {place}",
        "en": "The register is whole: {companies} companies, {assessments} assessments, {events} events. {place}",
    },
    "mended": {
        "sv": "Rader som gjorts om efter journalen: {count}.",
        "en": "Rows made again from the journal: {count}.",
    },
    "only_read": {"sv": "Det kan bara läsas, inte skrivas.", "en": "It can only be read, not written."},
    "rescued": {
        "sv": "Räddade händelser: {events} av {expected} som bedömningarna har haft. Filerna ligger i {folder}; läs in "
        "svaren i ett nytt register med: aimaturity assessment import {folder}/*-adviser.json {folder}/*-company.json",
        "en": "Events saved: {events} of {expected} that the assessments had. The files are in {folder}; read "
        "them into a new register with: aimaturity assessment import {folder}/*-adviser.json {folder}/*-company.json",
    },
    "rescue_file": {
        "sv": "Bara ett register i en fil kan räddas så; använd PostgreSQLs egna verktyg.",
        "en": "Only a register in a file can be saved so; use PostgreSQL's own tools.",
    },
    "export_title": {"sv": "Allt som sparats om {name}", "en": "Everything held on {name}"},
    "export_log": {"sv": "Ändringar av uppgifterna", "en": "Changes to the entry"},
    "export_reports": {"sv": "Rapporter", "en": "Reports"},
    "log_added": {"sv": "tillagt", "en": "added"},
    "log_edited": {"sv": "ändrat", "en": "changed"},
    "log_merged": {"sv": "sammanslaget", "en": "merged"},
}
