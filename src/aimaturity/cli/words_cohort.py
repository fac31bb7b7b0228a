"""What `cohort` says, in both languages."""

from __future__ import annotations

COHORT: dict[str, dict[str, str]] = {
    "cohort_next_rounds": {
        "sv": "Nästa steg: läs ”Företag att föra samman”, och fråga företagen i det första samtalet.",
        "en": "Next: read “Companies to bring together”, and ask the companies of the first round table.",
    },
    "cohort_next_groups": {
        "sv": "Nästa steg: jämför grupper, till exempel: aimaturity cohort --group-by sector",
        "en": "Next: compare groups, for example: aimaturity cohort --group-by sector",
    },
    "cohort_next_public": {
        "sv": "Nästa steg: läs igenom sidan innan ni lämnar ut den. Publiceringen står i liggaren: {ledger}",
        "en": "Next: read the page through before you pass it on. The publication is in the ledger: {ledger}",
    },
    "cohort_next_set": {
        "sv": "Nästa steg: ge filen till rådgivarna, som kör: aimaturity report SOURCE --benchmark {path}",
        "en": "Next: give the file to the advisers, who run: aimaturity report SOURCE --benchmark {path}",
    },
    "published": {
        "sv": "Publicering {release}: {companies} företag är med. Liggaren: {ledger}",
        "en": "Publication {release}: companies in it: {companies}. The ledger: {ledger}",
    },
    "not_published": {
        "sv": "Inte med: {listed}.",
        "en": "Not in it: {listed}.",
    },
    "left_no_consent": {"sv": "utan ja till jämförelse {count}", "en": "without a yes to comparison {count}"},
    "left_withdrawn": {"sv": "ångrade sig {count}", "en": "took it back {count}"},
    "left_other_method": {"sv": "resultat av annan metod {count}", "en": "results of another method {count}"},
    "left_replaced": {"sv": "tidigare resultat {count}", "en": "earlier results {count}"},
    "public_grouping": {
        "sv": "--group-by gäller hubbens egen sida. Den öppna grupperar efter bransch och storlek, så långt det går.",
        "en": "--group-by is for the hub's own page. The public one groups by industry and size, as far as can be.",
    },
}
