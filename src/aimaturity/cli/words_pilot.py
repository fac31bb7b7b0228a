"""What the commands about pilots say, in both languages; part of `words.WORDS`."""

from __future__ import annotations

PILOT: dict[str, dict[str, str]] = {
    "pilot_no_file": {
        "sv": "Ange en fil med kort. Ett tomt kort att fylla i: aimaturity pilot add --template ny-ide.yaml",
        "en": "Name a file of cards. An empty card to fill in: aimaturity pilot add --template new-idea.yaml",
    },
    "pilot_added": {"sv": "Lade till {title} ({id}).", "en": "Added {title} ({id})."},
    "pilot_would_add": {"sv": "Skulle lägga till {title} ({id}).", "en": "Would add {title} ({id})."},
    "pilots_read": {
        "sv": "{file}: nya: {new}; fanns redan: {same}; inte tagna: {aside}.",
        "en": "{file}: new: {new}; there already: {same}; not taken: {aside}.",
    },
    "pilots_would_read": {
        "sv": "{file}: nya: {new}; finns redan: {same}; tas inte: {aside}. Inget är ändrat.",
        "en": "{file}: new: {new}; there already: {same}; not taken: {aside}. Nothing is changed.",
    },
    "pilot_template_next": {
        "sv": "Fyll i kortet, och pröva det: aimaturity pilot add {path} --dry-run",
        "en": "Fill in the card, and try it: aimaturity pilot add {path} --dry-run",
    },
    "no_pilots": {"sv": "Inga piloter.", "en": "No pilots."},
    "no_ideas": {
        "sv": "Inga idéer att välja bland. Lägg till med: aimaturity pilot add FIL",
        "en": "No ideas to choose from. Add some with: aimaturity pilot add FILE",
    },
    "pilot_companies": {"sv": "företag: {count}", "en": "companies: {count}"},
    "pilot_changed": {
        "sv": "Ändrade {title} ({id}). Läge: {status}.",
        "en": "Changed {title} ({id}). Status: {status}.",
    },
    "pilot_unchanged": {"sv": "{title} ({id}) är som förut.", "en": "{title} ({id}) is as it was."},
    "pilot_despite": {
        "sv": "Trots villkor som inte är uppfyllda ({conditions}): {reason}",
        "en": "Despite conditions that aren't met ({conditions}): {reason}",
    },
    "pilot_despite_idle": {
        "sv": "--despite behövdes inte: inget villkor brister.",
        "en": "--despite wasn't needed: no condition is unmet.",
    },
    "pilot_lacks_option": {"sv": "Ange också: {names}", "en": "Say also: {names}"},
    "pilot_not_in_file": {"sv": "{file} har inget kort med id:t {id}.", "en": "{file} has no card with the id {id}."},
    "pilot_no_field": {
        "sv": "Kortet har inget sådant att ändra: {name}. Det finns: {fields}. Skriv KEY=VALUE, till exempel "
        "business.effect.low=90000.",
        "en": "The card has nothing like this to change: {name}. There are: {fields}. Write KEY=VALUE, such as "
        "business.effect.low=90000.",
    },
    "pilot_challenge": {"sv": "Utmaning", "en": "Challenge"},
    "pilot_ai_use": {"sv": "Vad AI gör", "en": "What AI does"},
    "pilot_place": {"sv": "Var", "en": "Where"},
    "pilot_owner": {"sv": "Ägare", "en": "Owner"},
    "pilot_partner": {"sv": "Följs av", "en": "Followed by"},
    "pilot_researcher": {"sv": "Lärosäte", "en": "University"},
    "pilot_company": {"sv": "Företag", "en": "Company"},
    "pilot_agreed": {"sv": "avtal {date}", "en": "agreed {date}"},
    "pilot_not_agreed": {"sv": "avtal saknas", "en": "no agreement yet"},
    "pilot_data": {"sv": "Data", "en": "Data"},
    "pilot_personal": {"sv": "personuppgifter", "en": "personal data"},
    "pilot_measure": {"sv": "mäts", "en": "measured"},
    "pilot_baseline": {"sv": "i dag", "en": "today"},
    "pilot_cost": {"sv": "Kostnad", "en": "Cost"},
    "pilot_hours": {"sv": "Egna timmar", "en": "Own hours"},
    "pilot_system": {"sv": "AI-system", "en": "AI system"},
    "pilot_risk": {"sv": "Risk", "en": "Risk"},
    "pilot_role_none": {"sv": "ingen roll", "en": "no role"},
    "pilot_role_user": {"sv": "använder", "en": "user"},
    "pilot_role_adapts": {"sv": "anpassar", "en": "adapts"},
    "pilot_role_develops": {"sv": "utvecklar", "en": "develops"},
    "pilot_not_classified": {"sv": "riskklass inte utredd", "en": "risk class not settled"},
    "pilot_history": {"sv": "Historik", "en": "History"},
    "pilot_outcomes": {"sv": "Utfall mot det väntade", "en": "Outcome against what was expected"},
    "pilot_below": {"sv": "under det väntade", "en": "below what was expected"},
    "pilot_within": {"sv": "inom det väntade", "en": "within what was expected"},
    "pilot_above": {"sv": "över det väntade", "en": "above what was expected"},
    "pilot_not_measured": {"sv": "inte mätt", "en": "not measured"},
    "pilot_not_estimated": {"sv": "inte skattat", "en": "not estimated"},
    "pilot_span": {
        "sv": "{likely} (som minst: {low}; som mest: {high})",
        "en": "{likely} (at least: {low}; at most: {high})",
    },
    "pilot_unit_business": {"sv": "{amount} kr per år", "en": "SEK {amount} a year"},
    "pilot_unit_climate": {"sv": "{amount} kg CO2e per år", "en": "{amount} kg CO2e a year"},
    "pilot_unit_cost": {"sv": "{amount} kr", "en": "SEK {amount}"},
    "shortlist_next": {
        "sv": "Skriv förslaget och ett beslutsformulär: aimaturity pilot shortlist -o forslag",
        "en": "Write the proposal and a form for the decision: aimaturity pilot shortlist -o proposal",
    },
    "shortlist_decided": {
        "sv": "Piloter som redan är beslutade räknas i alla gränser: {count}.",
        "en": "Pilots that are decided on already count in all limits: {count}.",
    },
    "form_kept": {
        "sv": "{path} finns redan och är orörd. Den kan gälla ett äldre förslag.",
        "en": "{path} is there already and untouched. It may be about an older proposal.",
    },
    "bad_proposal": {
        "sv": "{path} är inget förslag som det här programmet kan läsa.",
        "en": "{path} is no proposal that this program can read.",
    },
    "decision_kept": {
        "sv": "Beslutet är sparat: {by}, {date}.",
        "en": "The decision is kept: {by}, {date}.",
    },
    "decision_would_keep": {
        "sv": "Beslutet skulle sparas: {by}, {date}. Inget är ändrat.",
        "en": "The decision would be kept: {by}, {date}. Nothing is changed.",
    },
    "decision_kept_before": {"sv": "Beslutet är redan sparat.", "en": "The decision is kept already."},
    "match_whose": {"sv": "Säg för vilket företag bladet är.", "en": "Say which company the sheet is for."},
}
