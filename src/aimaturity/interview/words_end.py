"""What is said of the result at a glance, and in the list of questions for the company. Used through `words`."""

from __future__ import annotations

AT_THE_END: dict[str, dict[str, str]] = {
    # -- the result at a glance --
    "level": {"sv": "Nivå {level}: {title}", "en": "Level {level}: {title}"},
    "level_bare": {"sv": "Nivå {level}", "en": "Level {level}"},
    "level_range": {"sv": "Nivå {low}–{high}", "en": "Level {low}–{high}"},
    "level_none": {"sv": "Ingen nivå: för litet underlag", "en": "No level: too little basis"},
    "indication": {
        "sv": "En fingervisning: snabbkollen ställer bara en del av frågorna.",
        "en": "An indication: the quick scan asks only some of the questions.",
    },
    "area": {"sv": "{title}: {score}", "en": "{title}: {score}"},
    "area_bounds": {"sv": "{title}: {score} ({low}–{high})", "en": "{title}: {score} ({low}–{high})"},
    "area_too_little_one": {
        "sv": "{title}: för litet underlag, 1 av {total} frågor saknar svar",
        "en": "{title}: too little basis, 1 of {total} questions lacks an answer",
    },
    "area_too_little_many": {
        "sv": "{title}: för litet underlag, {count} av {total} frågor saknar svar",
        "en": "{title}: too little basis, {count} of {total} questions lack answers",
    },
    "area_nothing_applies": {"sv": "{title}: inget i den gäller er", "en": "{title}: nothing in it applies to you"},
    "area_no_score": {
        "sv": "{title}: ingen poäng, en nolla i ett medel som inte tål nollor",
        "en": "{title}: no score, a zero in a mean that can't have zeros",
    },
    "unknowns": {"sv": "Vet inte ({count}):", "en": "Don't know ({count}):"},
    "unknown": {"sv": "  {number}. {text}", "en": "  {number}. {text}"},
    "unknown_ask": {"sv": "  {number}. {text} → {ask}", "en": "  {number}. {text} → {ask}"},
    "unanswered": {"sv": "Utan svar ({count}): {list}", "en": "Without an answer ({count}): {list}"},
    "differences": {"sv": "Rådgivaren och företaget svarar olika:", "en": "Adviser and company answer differently:"},
    "difference": {
        "sv": "  {number}. {text} Rådgivaren: {adviser}. Företaget: {company}.",
        "en": "  {number}. {text} Adviser: {adviser}. Company: {company}.",
    },
    "difference_why": {
        "sv": "  {number}. {text} Rådgivaren: {adviser}. Företaget: {company}. Varför: {why}",
        "en": "  {number}. {text} Adviser: {adviser}. Company: {company}. Why: {why}",
    },
    "unresolved": {"sv": "Att reda ut:", "en": "To clear up:"},
    # -- the question list --
    "list_title": {"sv": "Frågor till {company}", "en": "Questions for {company}"},
    "list_intro": {
        "sv": "De här frågorna kunde ingen svara på när vi sågs. Skicka gärna svaren, eller säg vem vi ska fråga.",
        "en": "Nobody could answer these questions when we met. Please send the answers, or tell us whom to ask.",
    },
    "list_none": {
        "sv": "Alla frågor som ställdes fick ett svar. Det finns inget att skicka.",
        "en": "Every question asked was answered. There is nothing to send.",
    },
    "list_anybody": {"sv": "Vi vet inte än vem som vet", "en": "We don't know yet who knows"},
    "list_evidence": {"sv": "Underlag: {text}", "en": "Evidence: {text}"},
    "list_promised": {"sv": "Underlag som skulle skickas", "en": "Evidence that was to be sent"},
}
