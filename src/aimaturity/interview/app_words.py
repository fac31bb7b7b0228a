"""What the terminal app says, in Swedish and English. Whole sentences per plural form, never glued."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # header
    "question_of": ("fråga {number} av {of}", "question {number} of {of}"),
    "question_hidden": ("dold fråga", "hidden question"),
    "at_end": ("slutet", "the end"),
    "minutes": ("{used} av {planned} min", "{used} of {planned} min"),
    "minutes_used": ("{used} min", "{used} min"),
    "count_answered_1": ("1 svar", "1 answer"),
    "count_answered": ("{n} svar", "{n} answers"),
    "count_dont_know_1": ("1 vet inte", "1 don't know"),
    "count_dont_know": ("{n} vet inte", "{n} don't know"),
    "count_not_applicable_1": ("1 gäller inte", "1 not applicable"),
    "count_not_applicable": ("{n} gäller inte", "{n} not applicable"),
    "count_hidden_1": ("1 dold", "1 hidden"),
    "count_hidden": ("{n} dolda", "{n} hidden"),
    "count_blank_1": ("1 kvar", "1 left"),
    "count_blank": ("{n} kvar", "{n} left"),
    "all_done": ("klart", "done"),
    # the question
    "many_fine": ("Flera svar går bra.", "Several answers are fine."),
    "at_most": ("Högst {n} svar.", "At most {n} answers."),
    "alone": ("(ensamt svar)", "(alone)"),
    "dont_know": ("Vet inte", "Don't know"),
    "not_applicable": ("Gäller inte oss", "Not applicable to us"),
    "cannot_apply": ("Gäller inte oss – kan inte väljas här", "Not applicable – can't be chosen here"),
    "answer_dont_know": ("Vet inte", "Don't know"),
    "answer_not_applicable": ("Gäller inte", "Not applicable"),
    "answer_blank": ("Inget svar", "No answer"),
    "answer_hidden": ("Dold", "Hidden"),
    "by_rule": (
        "Gäller inte: det följer av andra svar. Går att svara på ändå.",
        "Not applicable: it follows from other answers. It can be answered anyway.",
    ),
    "is_hidden": (
        "Frågan är dold: den följer av andra svar. Svaret sparas men räknas inte.",
        "The question is hidden because of other answers. Its answer is kept but doesn't count.",
    ),
    "write_here": ("Enter öppnar textfältet", "Enter opens the text field"),
    "read_as": ("= {value}", "= {value}"),
    "filter_hint": (
        "{n} alternativ. 1–9 väljer de första, ↑↓ flyttar, f söker bland dem.",
        "{n} options. 1–9 choose the first ones, ↑↓ move, f finds among them.",
    ),
    "filtered": ("Visar {n} av {of}: ”{words}”. f söker igen.", "Showing {n} of {of}: “{words}”. f searches again."),
    "label_help": ("Hjälp", "Help"),
    "label_look": ("Titta nu", "Look now"),
    "label_ask": ("Att fråga", "To ask"),
    "label_own": ("Företaget själv", "The company"),
    "label_earlier": ("Förra gången", "Last time"),
    "label_carried": ("Från tidigare", "Carried over"),
    "label_evidence": ("Underlag", "Evidence"),
    "label_evidence_then": ("Underlag då", "Evidence then"),
    "label_comment": ("Kommentar", "Comment"),
    "label_who_knows": ("Vem vet", "Who knows"),
    "label_reason": ("Skäl", "Reason"),
    "label_why": ("Vad som hänt", "What happened"),
    "press_plus": ("+ bekräftar", "+ confirms"),
    "earlier_there": ("Tidigare svar finns: t", "There is an earlier answer: t"),
    "carried_from": (
        "Från snabbkollen, {day}. Enter behåller svaret.",
        "From the quick scan, {day}. Enter keeps the answer.",
    ),
    "carried_no_day": (
        "Från en tidigare omgång. Enter behåller svaret.",
        "From an earlier round. Enter keeps the answer.",
    ),
    "steps_up_1": ("ett steg upp", "one step up"),
    "steps_up": ("{n} steg upp", "{n} steps up"),
    "steps_down_1": ("ett steg ned", "one step down"),
    "steps_down": ("{n} steg ned", "{n} steps down"),
    "steps_same": ("oförändrat", "unchanged"),
    "together": ("Tillsammans {total}", "Together {total}"),
    "share_women_men": (
        "kvinnor {women} %, män {men} %. Minst representerade könet: {least} %",
        "women {women}%, men {men}%. The less represented sex: {least}%",
    ),
    "evidence_seen": ("Sett", "Seen"),
    "evidence_told": ("Berättat", "Told"),
    "evidence_later": ("Skickas senare", "To be sent later"),
    "evidence_none": ("Inget underlag", "No evidence"),
    # what is told after a key
    "enter_again_empty": (
        "Inget svar än. Enter igen lämnar frågan tom.",
        "No answer yet. Enter again leaves it empty.",
    ),
    "enter_again_part": (
        "Allt är inte ifyllt. Enter igen går vidare.",
        "Not all is filled in. Enter again goes on.",
    ),
    "over_head_count": (
        "Företaget har {count} anställda. {total} är fler. Stämmer det? Enter igen behåller.",
        "The company has {count} people. {total} is more. Is that right? Enter again keeps it.",
    ),
    "hidden_1": (
        "Ett svar döljs ({names}). Det sparas och kommer tillbaka om ni ändrar igen.",
        "One answer is hidden ({names}). It is kept, and comes back if you change again.",
    ),
    "hidden": (
        "{n} svar döljs ({names}). De sparas och kommer tillbaka om ni ändrar igen.",
        "{n} answers are hidden ({names}). They are kept, and come back if you change again.",
    ),
    "shown_1": ("En ny fråga: {names}.", "One new question: {names}."),
    "shown": ("{n} nya frågor: {names}.", "{n} new questions: {names}."),
    "from_to": ("{before} → {after} frågor.", "{before} → {after} questions."),
    "raised": ("Stämmer det? {ask}", "Is that right? {ask}"),
    "saved": ("✓ Sparat {time}", "✓ Saved {time}"),
    "all_saved": ("Allt är redan sparat.", "Everything is saved already."),
    "not_saved": (
        "SPARAS INTE: {reason}. Svaren finns kvar på skärmen. x försöker igen, w skriver till fil.",
        "NOT SAVED: {reason}. The answers are still on the screen. x tries again, w writes them to a file.",
    ),
    "leave_unsaved": (
        "Allt är inte sparat. q igen lämnar ändå. w skriver först svaren till en fil.",
        "Not everything is saved. q again leaves anyway. w writes the answers to a file first.",
    ),
    "leave_unread": (
        "Det som står i fältet är inget svar än. Rätta eller töm det, eller q igen.",
        "What is in the field is no answer yet. Mend or clear it, or q again.",
    ),
    "saved_again": ("Nu är allt sparat.", "Now everything is saved."),
    "written": (
        "Svaren är skrivna till {path}. Bara du kan läsa filen.",
        "The answers are written to {path}. Only you can read the file.",
    ),
    "not_written": ("Det gick inte: {reason}", "That didn't work: {reason}"),
    "read_only": (
        "Du tittar bara: här kan inget ändras.",
        "You are only looking: nothing can be changed here.",
    ),
    "cannot_here": ("Det går inte på den här frågan.", "That can't be done at this question."),
    "no_such_digit": ("Det finns bara 1 till {most}.", "There is only 1 to {most}."),
    "not_with_filter": ("Inget alternativ innehåller ”{words}”.", "No option contains “{words}”."),
    "nothing_missing": ("Alla frågor har ett svar.", "Every question has an answer."),
    "only_this_missing": ("Bara den här frågan saknar svar.", "Only this question lacks an answer."),
    "nothing_to_confirm": (
        "Här finns inget tidigare svar att bekräfta.",
        "There is no earlier answer to confirm here.",
    ),
    "nothing_found": ("Ingen fråga innehåller de orden.", "No question contains those words."),
    "first_question": ("Det här är den första frågan.", "This is the first question."),
    "cleaned_1": ("Ett styrtecken togs bort.", "One control character was removed."),
    "cleaned": ("{n} styrtecken togs bort.", "{n} control characters were removed."),
    "too_long": ("Texten kortades till {n} tecken.", "The text was cut to {n} characters."),
    "pasted": ("Klistrade in: {text}", "Pasted: {text}"),
    "pasted_not": ("Det inklistrade passar inte här: {text}", "What was pasted doesn't fit here: {text}"),
    "no_preview": ("Förhandsvisningen finns inte här.", "There is no preview here."),
    "no_report": ("Rapporten görs när intervjun är slut.", "The report is made when the interview is over."),
    "working": ("Räknar …", "Working …"),
    "failed": ("Det gick inte: {reason}", "That didn't work: {reason}"),
    "welcome": (
        "h visar alla tangenter. Med skärmläsare: avsluta med q och starta med --plain.",
        "h shows all keys. With a screen reader: leave with q and start with --plain.",
    ),
    "language_now": ("Nu på svenska.", "Now in English."),
    "too_small": ("Fönstret är för litet. Tangenterna fungerar ändå.", "The window is too small. The keys still work."),
    "lost_hold": (
        "{reason}. Det som inte sparats finns kvar på skärmen. w skriver till fil.",
        "{reason}. What isn't saved is still on the screen. w writes it to a file.",
    ),
    "farewell": ("Sparat, fråga {number} av {of}.", "Saved, question {number} of {of}."),
    "farewell_end": ("Sparat. Alla frågor är genomgångna.", "Saved. You have been through all questions."),
    "farewell_unsaved": ("Allt är INTE sparat: {reason}.", "NOT everything is saved: {reason}."),
    # prompts
    "ask_who_knows": (
        "Vem vet? En roll räcker. Enter eller Esc går förbi.",
        "Who knows? A role will do. Enter or Esc passes.",
    ),
    "ask_reason": (
        "Varför gäller frågan inte? En rad. Enter eller Esc går förbi.",
        "Why doesn't the question apply? One line. Enter or Esc passes.",
    ),
    "ask_why_own": (
        "Varför skiljer det sig från företagets svar? Enter eller Esc går förbi.",
        "Why does it differ from the company's answer? Enter or Esc passes.",
    ),
    "ask_why_earlier": (
        "Vad har hänt sedan förra gången? Enter eller Esc går förbi.",
        "What has happened since last time? Enter or Esc passes.",
    ),
    "ask_path": ("Skriv svaren till vilken fil? Esc avbryter.", "Write the answers to which file? Esc leaves it."),
    "ask_filter": (
        "Sök bland alternativen. ↑↓ flyttar, Enter väljer, Esc visar alla.",
        "Find among the options. ↑↓ move, Enter chooses, Esc shows all.",
    ),
    "ask_search": (
        "Sök fråga: ord eller nummer. ↑↓ flyttar, Enter öppnar, Esc tillbaka.",
        "Find a question: words or number. ↑↓ move, Enter opens, Esc goes back.",
    ),
    "ask_text": ("Svar. Esc eller F2 sparar och stänger.", "Answer. Esc or F2 saves and closes."),
    "ask_comment": ("Kommentar. Esc eller F2 sparar och stänger.", "Comment. Esc or F2 saves and closes."),
    "ask_evidence": (
        "Underlag: 1 sett, 2 berättat, 3 skickas senare, 0 inget. Enter skriver anteckning, Esc stänger.",
        "Evidence: 1 seen, 2 told, 3 to be sent later, 0 none. Enter writes a note, Esc closes.",
    ),
    "ask_evidence_note": (
        "Underlag, {kind}: vad? Esc eller F2 sparar och stänger.",
        "Evidence, {kind}: what? Esc or F2 saves and closes.",
    ),
    "ask_evidence_any": (
        "Underlag: vad? Esc eller F2 sparar och stänger.",
        "Evidence: what? Esc or F2 saves and closes.",
    ),
    # overview, search, reading, end
    "title_overview": ("Översikt", "Overview"),
    "title_search": ("Sök", "Find"),
    "title_help": ("Tangenter", "Keys"),
    "title_history": ("Svarets historia", "History of the answer"),
    "title_preview": ("Förhandsvisning", "Preview"),
    "title_end": ("Slutet", "The end"),
    "by_area": ("efter område", "by area"),
    "by_topic": ("efter ämne", "by topic"),
    "legend": (
        "✓ svar  ? vet inte  – gäller inte  ○ dold  · kvar    ✎ kommentar  U underlag",
        "✓ answer  ? don't know  – not applicable  ○ hidden  · left    ✎ comment  U evidence",
    ),
    "preview_bias": (
        "Påverkar lätt svaren: visa den hellre när frågorna är slut.",
        "Easily sways the answers: better shown when the questions are over.",
    ),
    "to_the_end": ("Till slutet: resultat, det som saknas, rapport", "To the end: result, what is missing, report"),
    "end_so_far": (
        "Klart så långt – inget är låst, allt går att ändra efteråt.",
        "Done so far – nothing is locked, everything can be changed afterwards.",
    ),
    "end_unknown_1": ("Vet inte (1)", "Don't know (1)"),
    "end_unknown": ("Vet inte ({n})", "Don't know ({n})"),
    "end_ask": ("fråga {who}", "ask {who}"),
    "end_nobody": ("vem vet?", "who knows?"),
    "end_missing_1": ("Utan svar (1) – m går till den", "Without an answer (1) – m goes there"),
    "end_missing": ("Utan svar ({n}) – m går till den första", "Without an answer ({n}) – m goes to the first"),
    "end_differences_1": ("Ett svar skiljer sig från företagets eget", "One answer differs from the company's own"),
    "end_differences": ("{n} svar skiljer sig från företagets egna", "{n} answers differ from the company's own"),
    "end_difference": (
        "företaget: {own}; här: {ours}",
        "the company: {own}; here: {ours}",
    ),
    "history_own": ("Företaget själv: {answer}", "The company itself: {answer}"),
    "history_earlier": ("Förra gången, {day}: {answer}", "Last time, {day}: {answer}"),
    "history_earlier_no_day": ("Förra gången: {answer}", "Last time: {answer}"),
    "history_carried": ("Från tidigare omgång, {day}: {answer}", "Carried over, {day}: {answer}"),
    "history_none": ("Inget har svarats på den här frågan än.", "Nothing has been answered here yet."),
    "history_adviser": ("rådgivaren", "the adviser"),
    "history_company": ("företaget", "the company"),
    "history_undo": (
        "Ångra genom att välja det gamla svaret igen. Inget tas bort.",
        "Undo by choosing the old answer again. Nothing is deleted.",
    ),
    "history_unread": ("Historien kunde inte läsas: {reason}", "The history couldn't be read: {reason}"),
    "help_both": (
        "Båda språkens bokstäver fungerar alltid. I textfält skrivs bokstäver; Esc eller F2 stänger fältet.",
        "Both languages' letters always work. In text fields letters are typed; Esc or F2 closes the field.",
    ),
    "help_mouse": (
        "Alla rader och orden längst ned går att klicka på. Håll Skift för att markera text.",
        "Every row and the words at the bottom can be clicked. Hold Shift to mark text.",
    ),
    # footer
    "key_digits": ("1–{most} välj", "1–{most} choose"),
    "key_ticks": ("1–{most} kryssa", "1–{most} tick"),
    "key_number": ("0–9 skriv", "0–9 type"),
    "key_on": ("vidare", "on"),
    "key_open": ("öppna", "open"),
    "key_write": ("skriv", "write"),
    "key_back": ("bakåt", "back"),
    "key_tick": ("kryssa", "tick"),
    "key_dont_know": ("vet inte", "don't know"),
    "key_filter": ("sök alternativ", "find option"),
    "key_comment": ("kommentar", "comment"),
    "key_evidence": ("underlag", "evidence"),
    "key_missing": ("saknas", "missing"),
    "key_search": ("sök", "find"),
    "key_overview": ("översikt", "overview"),
    "key_turn": ("ämne/område", "topic/area"),
    "key_history": ("historia", "history"),
    "key_preview": ("förhandsvisa", "preview"),
    "key_report": ("rapport", "report"),
    "key_ask_list": ("frågelista", "question list"),
    "key_language": ("English", "svenska"),
    "key_close": ("tillbaka", "back"),
    "key_close_field": ("spara och stäng", "save and close"),
    "key_pass": ("gå förbi", "pass"),
    "key_choose": ("välj", "choose"),
    "key_show_all": ("visa alla", "show all"),
    "key_keep": ("spara", "save"),
    "key_retry": ("försök igen", "try again"),
    "key_elsewhere": ("skriv till fil", "write to file"),
    "key_help": ("hjälp", "help"),
    "key_pause": ("pausa", "pause"),
    "key_leave": ("avsluta", "leave"),
    "key_arrows": ("flytta", "move"),
    # help
    "keyname_enter": ("Enter", "Enter"),
    "keyname_right": ("→", "→"),
    "keyname_left": ("←", "←"),
    "keyname_pageup": ("PgUp", "PgUp"),
    "keyname_space": ("mellanslag", "space"),
    "keyname_tab": ("Tab", "Tab"),
    "keyname_escape": ("Esc", "Esc"),
    "keyname_f1": ("F1", "F1"),
    "keyname_f2": ("F2", "F2"),
    "keyname_ctrl+q": ("Ctrl+Q", "Ctrl+Q"),
    "keyname_ctrl+c": ("Ctrl+C", "Ctrl+C"),
    "help_digits": ("väljer svaret med den siffran; sparas genast", "choose the answer with that digit; saved at once"),
    "help_arrows": ("flyttar bland svaren; Enter väljer raden", "move among the answers; Enter chooses the row"),
    "help_on": (
        "vidare till nästa fråga; i en lista: öppnar raden",
        "on to the next question; in a list: opens the row",
    ),
    "help_back": ("tillbaka till förra frågan", "back to the question before"),
    "help_tick": ("kryssar i och ur, eller väljer raden", "ticks and unticks, or chooses the row"),
    "help_dont_know": ("vet inte; samma tangent tar bort det", "don't know; the same key takes it away"),
    "help_not_applicable": (
        "gäller inte oss; samma tangent tar bort det",
        "not applicable; the same key takes it away",
    ),
    "help_confirm": (
        "bekräftar företagets eget svar, eller det från snabbkollen",
        "confirms the company's own answer, or the one from the quick scan",
    ),
    "help_filter": (
        "söker bland alternativen när de är fler än nio",
        "finds among the options where there are over nine",
    ),
    "help_comment": ("kommentar till svaret", "comment on the answer"),
    "help_evidence": ("underlag: sett, berättat, skickas senare", "evidence: seen, told, to be sent later"),
    "help_missing": ("nästa fråga utan svar", "next question without an answer"),
    "help_search": ("söker en fråga", "finds a question"),
    "help_overview": ("översikt över alla frågor", "overview of all questions"),
    "help_turn": ("vänder mellan område och ämne", "turns between area and topic"),
    "help_history": ("tidigare svar, och vem som ändrat vad", "earlier answers, and who changed what"),
    "help_preview": (
        "förhandsvisar resultatet (påverkar lätt svaren)",
        "previews the result (easily sways the answers)",
    ),
    "help_report": ("gör rapporten", "makes the report"),
    "help_ask_list": (
        "skriver listan med frågor att skicka till företaget",
        "writes the list of questions to send to the company",
    ),
    "help_language": ("svenska eller engelska", "Swedish or English"),
    "help_close": ("stänger; det som skrivits sparas", "closes; what was written is saved"),
    "help_help": ("den här sidan", "this page"),
    "help_pause": ("pausar; allt är sparat", "pauses; everything is saved"),
}

MONTHS = {
    "sv": ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def say(key: str, language: str, **facts: object) -> str:
    """The words of a key; Swedish where the language is Swedish, else English. KeyError for a key that isn't there."""
    return WORDS[key][0 if language == "sv" else 1].format(**facts)


def say_many(key: str, n: int, language: str, **facts: object) -> str:
    """The form for one, or the one for several."""
    return say(f"{key}_1" if n == 1 else key, language, n=n, **facts)


def day_words(day: str, language: str) -> str:
    """`20 nov 2025` of an ISO day or time; what isn't one as it stands."""
    year, month, date = [*day[:10].split("-"), "", ""][:3]
    if not (year + month + date).isdigit() or not 1 <= int(month) <= 12:
        return day
    return f"{int(date)} {MONTHS['sv' if language == 'sv' else 'en'][int(month) - 1]} {year}"


def number_words(value: float, language: str, decimals: int | None = None) -> str:
    """`1 234,5` in Swedish, `1,234.5` in English; without decimals where there are none."""
    text = f"{value:,.{6 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return text if language != "sv" else text.replace(",", "\u00a0").replace(".", ",")
