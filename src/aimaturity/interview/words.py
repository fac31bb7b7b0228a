"""What the interview says, in both languages. Whole sentences, one for each plural form, never glued."""

from __future__ import annotations

from aimaturity.interview.words_end import AT_THE_END

WORDS: dict[str, dict[str, str]] = {
    # -- one question --
    "question": {"sv": "Fråga {number} av {total}. {section}.", "en": "Question {number} of {total}. {section}."},
    "question_hidden": {
        "sv": "En dold fråga. {section}. Svaret sparas men räknas inte så länge frågan är dold.",
        "en": "A hidden question. {section}. The answer is kept, but doesn't count while the question is hidden.",
    },
    "question_by_rule": {
        "sv": "Frågan gäller inte er, enligt en regel i frågorna. Ett svar sparas men räknas inte.",
        "en": "By a rule of the questionnaire, this doesn't apply to you. An answer is kept, but doesn't count.",
    },
    "section": {"sv": "Avsnitt: {section}.", "en": "Section: {section}."},
    "section_minutes": {
        "sv": "Avsnitt: {section}. Planerad tid: {minutes} minuter. Hittills: {used} av {planned} minuter.",
        "en": "Section: {section}. Planned: {minutes} minutes. So far: {used} of {planned} minutes.",
    },
    "help": {"sv": "Hjälp: {text}", "en": "Help: {text}"},
    "evidence_ask": {"sv": "Underlag: {text}", "en": "Evidence: {text}"},
    "evidence_look": {"sv": "Underlag, titta på det nu: {text}", "en": "Evidence, look at it now: {text}"},
    "exclusive": {"sv": "(ensamt svar)", "en": "(alone)"},
    "now": {"sv": "Nu: {answer}. Tom rad behåller.", "en": "Now: {answer}. An empty line keeps it."},
    "comment_now": {"sv": "Kommentar: {text}", "en": "Comment: {text}"},
    "evidence_now": {"sv": "Noterat underlag: {text}", "en": "Evidence noted: {text}"},
    "ask_now": {"sv": "Vem vet: {text}", "en": "Who knows: {text}"},
    "reason_now": {"sv": "Varför den inte gäller: {text}", "en": "Why it doesn't apply: {text}"},
    "why_now": {"sv": "Varför det skiljer sig: {text}", "en": "Why it differs: {text}"},
    "own": {
        "sv": "Företaget själv: {answer}. Skriv + för att bekräfta, eller ett annat svar.",
        "en": "The company itself: {answer}. Type + to confirm, or another answer.",
    },
    "carried": {
        "sv": "Från snabbkollen: {answer}. Tom rad eller + behåller.",
        "en": "From the quick scan: {answer}. An empty line or + keeps it.",
    },
    "carried_on": {
        "sv": "Från snabbkollen, {day}: {answer}. Tom rad eller + behåller.",
        "en": "From the quick scan, {day}: {answer}. An empty line or + keeps it.",
    },
    "earlier_there": {
        "sv": "Det finns ett svar från förra gången: t visar det.",
        "en": "There is an answer from last time: t shows it.",
    },
    "earlier": {"sv": "Förra gången: {answer}.", "en": "Last time: {answer}."},
    "earlier_on": {"sv": "Förra gången ({day}): {answer}.", "en": "Last time ({day}): {answer}."},
    "no_earlier": {"sv": "Det finns inget tidigare svar.", "en": "There is no earlier answer."},
    "history": {"sv": "Ändringar, den senaste först:", "en": "Changes, the latest first:"},
    "history_line": {"sv": "{when}, {who}: {answer}", "en": "{when}, {who}: {answer}"},
    "history_origin": {"sv": "{when}, {who} ({origin}): {answer}", "en": "{when}, {who} ({origin}): {answer}"},
    "adviser": {"sv": "rådgivaren", "en": "the adviser"},
    "company": {"sv": "företaget", "en": "the company"},
    "origin_carried": {"sv": "från snabbkollen", "en": "from the quick scan"},
    "origin_derived": {"sv": "följer av ett annat svar", "en": "follows from another answer"},
    "origin_import": {"sv": "inläst från fil", "en": "read from a file"},
    # -- what can be answered --
    "prompt_single": {
        "sv": "Svara 1 till {last}, d vet inte, b bakåt, h hjälp: ",
        "en": "Answer 1 to {last}, d don't know, b back, h help: ",
    },
    "prompt_single_na": {
        "sv": "Svara 1 till {last}, d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "Answer 1 to {last}, d don't know, n not applicable, b back, h help: ",
    },
    "prompt_multiple": {
        "sv": "Svara med ett eller flera nummer (till exempel 1,3), d vet inte, b bakåt, h hjälp: ",
        "en": "Answer with one or more numbers (such as 1,3), d don't know, b back, h help: ",
    },
    "prompt_multiple_na": {
        "sv": "Svara med ett eller flera nummer (till exempel 1,3), d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "Answer with one or more numbers (such as 1,3), d don't know, n not applicable, b back, h help: ",
    },
    "prompt_number": {
        "sv": "Svara med ett tal, d vet inte, b bakåt, h hjälp: ",
        "en": "Answer with a number, d don't know, b back, h help: ",
    },
    "prompt_number_na": {
        "sv": "Svara med ett tal, d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "Answer with a number, d don't know, n not applicable, b back, h help: ",
    },
    "prompt_number_unit": {
        "sv": "Svara med ett tal ({unit}), d vet inte, b bakåt, h hjälp: ",
        "en": "Answer with a number ({unit}), d don't know, b back, h help: ",
    },
    "prompt_number_unit_na": {
        "sv": "Svara med ett tal ({unit}), d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "Answer with a number ({unit}), d don't know, n not applicable, b back, h help: ",
    },
    "prompt_counts": {
        "sv": "{part}, ett tal, d vet inte, b bakåt, h hjälp: ",
        "en": "{part}, a number, d don't know, b back, h help: ",
    },
    "prompt_counts_na": {
        "sv": "{part}, ett tal, d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "{part}, a number, d don't know, n not applicable, b back, h help: ",
    },
    "prompt_grid": {
        "sv": "{part}. Svara 1 till {last}, d vet inte, b bakåt, h hjälp: ",
        "en": "{part}. Answer 1 to {last}, d don't know, b back, h help: ",
    },
    "prompt_grid_na": {
        "sv": "{part}. Svara 1 till {last}, d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "{part}. Answer 1 to {last}, d don't know, n not applicable, b back, h help: ",
    },
    "prompt_text": {
        "sv": "Svara med egna ord, d vet inte, b bakåt, h hjälp: ",
        "en": "Answer in your own words, d don't know, b back, h help: ",
    },
    "prompt_text_na": {
        "sv": "Svara med egna ord, d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "Answer in your own words, d don't know, n not applicable, b back, h help: ",
    },
    "prompt_date": {
        "sv": "Svara med en dag (till exempel 2026-11-23), d vet inte, b bakåt, h hjälp: ",
        "en": "Answer with a day (such as 2026-11-23), d don't know, b back, h help: ",
    },
    "prompt_date_na": {
        "sv": "Svara med en dag (till exempel 2026-11-23), d vet inte, n gäller inte, b bakåt, h hjälp: ",
        "en": "Answer with a day (such as 2026-11-23), d don't know, n not applicable, b back, h help: ",
    },
    "prompt_end": {
        "sv": "r rapport, f frågelista till företaget, ö översikt, m nästa som saknas, b bakåt, q avsluta: ",
        "en": "r report, f question list for the company, g overview, m next missing, b back, q end: ",
    },
    # -- what came of it --
    "saved": {"sv": "Sparat: {answer}.", "en": "Saved: {answer}."},
    "saved_of": {"sv": "Sparat ({variable}): {answer}.", "en": "Saved ({variable}): {answer}."},
    "same": {"sv": "Oförändrat: {answer}.", "en": "Unchanged: {answer}."},
    "same_of": {"sv": "Oförändrat ({variable}): {answer}.", "en": "Unchanged ({variable}): {answer}."},
    "saved_note": {"sv": "Sparat.", "en": "Saved."},
    "saved_note_of": {"sv": "Sparat ({variable}).", "en": "Saved ({variable})."},
    "not_saved": {
        "sv": "SPARAS INTE: {reason}. Svaret finns kvar här och prövas igen. Skriv: spara FIL, för att skriva "
        "svaren till en annan fil.",
        "en": "NOT SAVED: {reason}. The answer is still here and will be tried again. Type: save FILE, to write "
        "the answers to another file.",
    },
    "not_saved_of": {
        "sv": "SPARAS INTE ({variable}): {reason}. Svaret prövas igen.",
        "en": "NOT SAVED ({variable}): {reason}. The answer will be tried again.",
    },
    "saved_again": {"sv": "Nu är allt sparat igen.", "en": "Everything is saved again."},
    "hold_lost": {
        "sv": "Intervjun har tagits över av någon annan: {reason}. Det här fönstret kan inte svara mer.",
        "en": "Somebody else has taken this interview over: {reason}. No more can be answered here.",
    },
    "leave_unsaved": {
        "sv": "Allt är inte sparat. Skriv q en gång till för att lämna ändå, eller: spara FIL",
        "en": "Not everything is saved. Type q once more to leave anyway, or: save FILE",
    },
    "elsewhere": {"sv": "Svaren skrevs till {path}.", "en": "The answers were written to {path}."},
    "elsewhere_which": {
        "sv": "Skriv: spara, och namnet på en ny fil, till exempel spara svar.yaml",
        "en": "Type: save, and the name of a new file, such as save answers.yaml",
    },
    "all_saved": {
        "sv": "Allt är redan sparat. Inget behöver sparas för hand.",
        "en": "Everything is saved already. Nothing needs saving by hand.",
    },
    "left_empty": {"sv": "Lämnad tom. Den finns kvar i översikten.", "en": "Left empty. It waits in the overview."},
    "cleared": {"sv": "Sparat: inget svar.", "en": "Saved: no answer."},
    "dont_know": {"sv": "Vet inte", "en": "Don't know"},
    "not_applicable": {"sv": "Gäller inte", "en": "Not applicable"},
    "blank": {"sv": "Inget svar", "en": "No answer"},
    "hidden": {"sv": "Dold", "en": "Hidden"},
    "gone_option": {"sv": "{value} (finns inte längre)", "en": "{value} (no longer there)"},
    "together": {"sv": "Tillsammans {sum}.", "en": "Together {sum}."},
    "together_shares": {
        "sv": "Tillsammans {sum}: kvinnor {women} %, män {men} %. Minst representerade könet: {least} %.",
        "en": "Together {sum}: women {women}%, men {men}%. The least represented sex: {least}%.",
    },
    "together_shares_of_two": {
        "sv": "Tillsammans {sum}. Av kvinnorna och männen: kvinnor {women} %, män {men} %. Minst representerade "
        "könet: {least} %.",
        "en": "Together {sum}. Of the women and men: women {women}%, men {men}%. The least represented sex: {least}%.",
    },
    "more_than_head_count": {
        "sv": "Företaget har {head_count} personer. {sum} är fler. Stämmer det?",
        "en": "The company has {head_count} people. {sum} is more. Is that right?",
    },
    "kept_hidden": {
        "sv": "Svaret är sparat, men frågan är dold och räknas inte.",
        "en": "The answer is kept, but the question is hidden and doesn't count.",
    },
    "kept_by_rule": {
        "sv": "Svaret är sparat, men frågan gäller inte er enligt en regel och räknas inte.",
        "en": "The answer is kept, but by a rule the question doesn't apply to you and doesn't count.",
    },
    "hides_one": {
        "sv": "Ett svar döljs. Det sparas och kommer tillbaka om ni ändrar igen: {list}",
        "en": "One answer is hidden. It is kept, and comes back if you change again: {list}",
    },
    "hides_many": {
        "sv": "{count} svar döljs. De sparas och kommer tillbaka om ni ändrar igen: {list}",
        "en": "{count} answers are hidden. They are kept, and come back if you change again: {list}",
    },
    "shows_one": {"sv": "En ny fråga: {list}", "en": "One new question: {list}"},
    "shows_many": {"sv": "{count} nya frågor: {list}", "en": "{count} new questions: {list}"},
    "total_changed": {"sv": "{before} → {after} frågor.", "en": "{before} → {after} questions."},
    "raised": {"sv": "Att reda ut: {ask}", "en": "To clear up: {ask}"},
    "controls_one": {"sv": "Ett styrtecken togs bort.", "en": "One control character was removed."},
    "controls_many": {"sv": "{count} styrtecken togs bort.", "en": "{count} control characters were removed."},
    "cut": {
        "sv": "Texten var längre än {most} tecken och kortades. Bara början sparades.",
        "en": "The text was longer than {most} characters and was cut. Only its beginning was saved.",
    },
    "steps_up_one": {"sv": "Ett steg upp.", "en": "One step up."},
    "steps_up_many": {"sv": "{count} steg upp.", "en": "{count} steps up."},
    "steps_down_one": {"sv": "Ett steg ned.", "en": "One step down."},
    "steps_down_many": {"sv": "{count} steg ned.", "en": "{count} steps down."},
    # -- what is asked after an answer --
    "comment": {"sv": "Kommentar (tom rad = ingen): ", "en": "Comment (empty line = none): "},
    "who_knows": {"sv": "Vem vet? (en roll; tom rad = hoppa över): ", "en": "Who knows? (a role; empty line = skip): "},
    "why_not_applicable": {
        "sv": "Varför gäller frågan inte er? (en rad; tom rad = hoppa över): ",
        "en": "Why doesn't it apply to you? (one line; empty line = skip): ",
    },
    "why_own": {
        "sv": "Företaget svarade: {answer}. Varför skiljer det sig? (en rad; tom rad = hoppa över): ",
        "en": "The company answered: {answer}. Why does it differ? (one line; empty line = skip): ",
    },
    "why_earlier": {
        "sv": "Vad har hänt? (en rad; tom rad = hoppa över): ",
        "en": "What has happened? (one line; empty line = skip): ",
    },
    "evidence": {
        "sv": "Underlag: 1 sett, 2 sagt, 3 skickas senare, 0 inget: ",
        "en": "Evidence: 1 seen, 2 told, 3 sent later, 0 none: ",
    },
    "evidence_note": {
        "sv": "Vad såg eller hörde ni? (tom rad = ingen anteckning): ",
        "en": "What did you see or hear? (empty line = no note): ",
    },
    "seen": {"sv": "sett", "en": "seen"},
    "told": {"sv": "sagt", "en": "told"},
    "later": {"sv": "skickas senare", "en": "sent later"},
    "which": {"sv": "Vilken? (nummer; tom rad = ingen): ", "en": "Which? (number; empty line = none): "},
    "search": {"sv": "Sök efter (ord eller nummer): ", "en": "Find (words or number): "},
    # -- refusals --
    "only": {"sv": "Det finns bara 1 till {last}.", "en": "There are only 1 to {last}."},
    "whole_number": {"sv": "Skriv ett heltal, till exempel 12.", "en": "Type a whole number, such as 12."},
    "a_number": {"sv": "Skriv ett tal, till exempel 12,5.", "en": "Type a number, such as 12.5."},
    "how_many": {
        "sv": "Frågan har {wanted} delar; raden har {count}.",
        "en": "The question has {wanted} parts; the line has {count}.",
    },
    "bad_evidence": {
        "sv": "Underlag är sett, sagt eller skickas (seen, told, later).",
        "en": "Evidence is seen, told or later (sett, sagt, skickas).",
    },
    "nothing_to_confirm": {"sv": "Här finns inget att bekräfta.", "en": "There is nothing to confirm here."},
    "not_found": {"sv": "Ingen fråga har de orden.", "en": "No question has those words."},
    "nothing_missing": {"sv": "Alla frågor har svar.", "en": "Every question has an answer."},
    "no_number": {"sv": "Det finns ingen fråga {number}.", "en": "There is no question {number}."},
    "first": {"sv": "Det här är den första frågan.", "en": "This is the first question."},
    "at_end": {
        "sv": "Alla frågor är passerade. Skriv b för att gå bakåt, m för nästa som saknas, eller q.",
        "en": "All questions are passed. Type b to go back, m for the next missing one, or q.",
    },
    "looking": {
        "sv": "Ni tittar bara. Inget kan ändras härifrån.",
        "en": "You are only looking. Nothing can be changed from here.",
    },
    "not_here": {"sv": "Det går inte härifrån.", "en": "That can't be done from here."},
    "not_text": {
        "sv": "Raden går inte att läsa som text (UTF-8).",
        "en": "The line can't be read as text (UTF-8).",
    },
    "no_question": {"sv": "Det finns ingen fråga '{name}'.", "en": "There is no question '{name}'."},
    "no_question_near": {
        "sv": "Det finns ingen fråga '{name}'. Menade du '{near}'?",
        "en": "There is no question '{name}'. Did you mean '{near}'?",
    },
    "no_part": {
        "sv": "'{question}' har ingen del '{name}'. Den har: {names}.",
        "en": "'{question}' has no part '{name}'. It has: {names}.",
    },
    "which_row": {
        "sv": "Säg vilken rad det gäller: {names}.",
        "en": "Say which row it is about: {names}.",
    },
    "line": {"sv": "Rad {line}: {message}", "en": "Line {line}: {message}"},
    "line_stops": {
        "sv": "Rad {line}: {message} Läsningen stannar, så att svaren inte hamnar på fel fråga. Allt före raden "
        "är sparat.",
        "en": "Line {line}: {message} Reading stops, so that no answer lands on the wrong question. All before "
        "this line is saved.",
    },
    # -- overview, end, pause --
    "overview": {"sv": "Översikt.", "en": "Overview."},
    "overview_areas": {"sv": "Per område:", "en": "By area:"},
    "overview_line": {"sv": "{title}: {counts}", "en": "{title}: {counts}"},
    "overview_done": {"sv": "klart", "en": "done"},
    "overview_missing": {"sv": "  {number}. kvar: {text}", "en": "  {number}. left: {text}"},
    "overview_unknown": {"sv": "  {number}. vet inte: {text}", "en": "  {number}. don't know: {text}"},
    "overview_unknown_ask": {
        "sv": "  {number}. vet inte (fråga {ask}): {text}",
        "en": "  {number}. don't know (ask {ask}): {text}",
    },
    "overview_go": {
        "sv": "Skriv fråga och ett nummer för att gå dit, till exempel: fråga 12",
        "en": "Type question and a number to go there, such as: question 12",
    },
    "found": {"sv": "{number}. {text}", "en": "{number}. {text}"},
    "found_hidden": {"sv": "dold: {text}", "en": "hidden: {text}"},
    "answered_one": {"sv": "1 svar", "en": "1 answer"},
    "answered_many": {"sv": "{count} svar", "en": "{count} answers"},
    "dont_know_one": {"sv": "1 vet inte", "en": "1 don't know"},
    "dont_know_many": {"sv": "{count} vet inte", "en": "{count} don't know"},
    "not_applicable_one": {"sv": "1 gäller inte", "en": "1 not applicable"},
    "not_applicable_many": {"sv": "{count} gäller inte", "en": "{count} not applicable"},
    "hidden_one": {"sv": "1 dold", "en": "1 hidden"},
    "hidden_many": {"sv": "{count} dolda", "en": "{count} hidden"},
    "blank_one": {"sv": "1 kvar", "en": "1 left"},
    "blank_many": {"sv": "{count} kvar", "en": "{count} left"},
    "preview": {
        "sv": "Förhandsvisning. Den påverkar lätt svaren: visa den helst inte för företaget än.",
        "en": "Preview. It easily sways the answers: better not to show it to the company yet.",
    },
    "end": {
        "sv": "Klart så långt. Inget är låst, allt går att ändra efteråt.",
        "en": "Done so far. Nothing is locked, everything can be changed afterwards.",
    },
    "paused": {"sv": "Sparat, fråga {number} av {total}.", "en": "Saved, question {number} of {total}."},
    "paused_end": {"sv": "Sparat, alla frågor är passerade.", "en": "Saved, all questions are passed."},
    "paused_unsaved": {
        "sv": "Pausat vid fråga {number} av {total}, men alla svar är INTE sparade: {reason}.",
        "en": "Paused at question {number} of {total}, but NOT every answer is saved: {reason}.",
    },
    "left_none": {"sv": "Alla frågor har svar.", "en": "Every question has an answer."},
    "left_one": {"sv": "En fråga saknar svar: {list}", "en": "One question lacks an answer: {list}"},
    "left_many": {"sv": "{count} frågor saknar svar: {list}", "en": "{count} questions lack answers: {list}"},
    "and_more": {"sv": "… och {count} till", "en": "… and {count} more"},
    "language": {"sv": "Nu på svenska.", "en": "Now in English."},
    "help_text": {
        "sv": "Svara med numret eller med orden. Flera svar: 1,3. Tal: 12, 1 234 eller 12,5. Dag: 2026-11-23.\n"
        "d  vet inte (d ekonomichefen noterar vem som vet)      n  gäller inte (n orsak)\n"
        "+  bekräfta företagets svar eller snabbkollens         töm  ta bort svaret\n"
        "tom rad eller hoppa  vidare utan att ändra             b  bakåt\n"
        "k  kommentar (k text)                                  u  underlag (u sett text)\n"
        "s  sök (s ord)                                         fråga 12  gå till fråga 12\n"
        "ö  översikt                                            m  nästa som saknas\n"
        "t  tidigare svar och ändringar                         l  English\n"
        "p  förhandsvisning                                     r  rapport\n"
        "slut  till slutet                                      q  paus: allt är sparat\n"
        "Efter ett svar kan en kommentar skrivas; ett nummer eller en bokstav ensam där är inte en kommentar,\n"
        "utan ändrar svaret eller gör det som bokstaven betyder.",
        "en": "Answer with the number or the words. Several: 1,3. Numbers: 12, 1 234 or 12.5. Day: 2026-11-23.\n"
        "d  don't know (d the CFO notes who knows)              n  not applicable (n reason)\n"
        "+  confirm the company's or the quick scan's answer    clear  take the answer away\n"
        "empty line or skip  on, changing nothing               b  back\n"
        "c  comment (c text)                                    e  evidence (e seen text)\n"
        "s  find (s words)                                      question 12  go to question 12\n"
        "g  overview                                            m  next missing\n"
        "t  earlier answer and changes                          l  svenska\n"
        "p  preview                                             r  report\n"
        "end  to the end                                        q  pause: everything is saved\n"
        "After an answer a comment can be typed; a number or letter alone there is no comment, but changes the\n"
        "answer or does what the letter means.",
    },
    **AT_THE_END,
}

_MONTHS = {
    "sv": ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def say(key: str, language: str, **facts: object) -> str:
    """A sentence in the language. A value is put in as it is, braces and all."""
    return WORDS[key][_known(language)].format_map(facts)


def say_many(key: str, count: int, language: str, **facts: object) -> str:
    """The sentence for one, or for more (or none): keys `<key>_one` and `<key>_many`."""
    return say(f"{key}_one" if count == 1 else f"{key}_many", language, count=count, **facts)


def sentence(text: str) -> str:
    """A message as a sentence among others."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def day_words(day: str, language: str) -> str:
    """`2025-11-20` as `20 nov 2025`; anything else as it stands."""
    year, _, rest = day[:10].partition("-")
    month, _, number = rest.partition("-")
    if not (year.isdecimal() and month.isdecimal() and number.isdecimal() and 1 <= int(month) <= 12):
        return day
    return f"{int(number)} {_MONTHS[_known(language)][int(month) - 1]} {year}"


def number_words(value: float, language: str) -> str:
    """A number as it is written: whole without decimals, the decimal mark as in the language."""
    text = f"{value:.9f}".rstrip("0").rstrip(".") if value else "0"
    return text if _known(language) == "en" else text.replace(".", ",")


def _known(language: str) -> str:
    """The interview speaks Swedish and English; beside a questionnaire in another language, English."""
    return language if language in ("sv", "en") else "en"
