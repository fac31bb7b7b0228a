"""What the commands for activities and attendance lists say, in both languages; part of `words.WORDS`."""

from __future__ import annotations

ACTIVITIES: dict[str, dict[str, str]] = {
    "activity_added": {"sv": "Lade till {title}, {date} ({id}).", "en": "Added {title}, {date} ({id})."},
    "activity_edited": {"sv": "Ändrade {title}, {date} ({id}).", "en": "Changed {title}, {date} ({id})."},
    "activity_removed": {
        "sv": "Tog bort {title}, {date} ({id}). Journalen har kvar vad som stod.",
        "en": "Removed {title}, {date} ({id}). The journal keeps what it said.",
    },
    "activity_has": {
        "sv": "{title}, {date}, har deltagare från {companies} företag; de tas bort med den.",
        "en": "{title}, {date}, has participants from {companies} companies; they go with it.",
    },
    "activity_sure": {"sv": "Ta bort den?", "en": "Remove it?"},
    "activity_needs_yes": {"sv": "Inget togs bort. Lägg till --yes.", "en": "Nothing was removed. Add --yes."},
    "no_activities": {"sv": "Inga aktiviteter.", "en": "No activities."},
    "activity_line": {
        "sv": "{id}  {date}  {kind}  {title}  {partner}  företag: {companies}; {persons}",
        "en": "{id}  {date}  {kind}  {title}  {partner}  companies: {companies}; {persons}",
    },
    "persons": {
        "sv": "kvinnor: {women}, män: {men}, övriga: {other}",
        "en": "women: {women}, men: {men}, other: {other}",
    },
    "with_hours": {"sv": "{persons}; timmar: {hours}", "en": "{persons}; hours: {hours}"},
    "about_kind": {"sv": "Typ: {words}", "en": "Kind: {words}"},
    "about_hours": {"sv": "Timmar för en deltagare: {words}", "en": "Hours of one participant: {words}"},
    "about_partner": {"sv": "Partner: {words}", "en": "Partner: {words}"},
    "about_municipality": {"sv": "Kommun: {words}", "en": "Municipality: {words}"},
    "about_county": {"sv": "Län: {words}", "en": "County: {words}"},
    "about_sector": {"sv": "Bransch: {words}", "en": "Sector: {words}"},
    "about_size": {"sv": "Storlek: {words}", "en": "Size: {words}"},
    "about_owner": {"sv": "Ägare: {words}", "en": "Owner: {words}"},
    "about_benchmark_yes": {"sv": "Får vara med i jämförelser: ja", "en": "May be in benchmarks: yes"},
    "about_benchmark_no": {"sv": "Får vara med i jämförelser: nej", "en": "May be in benchmarks: no"},
    "size_micro": {"sv": "mikro", "en": "micro"},
    "size_small": {"sv": "litet", "en": "small"},
    "size_medium": {"sv": "medelstort", "en": "medium"},
    "size_large": {"sv": "stort", "en": "large"},
    "export_activities": {"sv": "Deltagande i aktiviteter", "en": "Activities taken part in"},
    "took_part": {"sv": "{name} ({id}): {persons}", "en": "{name} ({id}): {persons}"},
    "attended": {"sv": "{name} på {title}: {persons}.", "en": "{name} at {title}: {persons}."},
    "not_attended": {"sv": "{name} är inte längre med på {title}.", "en": "{name} is no longer at {title}."},
    "nobody_attended": {
        "sv": "Ange hur många: --women, --men eller --other; eller --remove.",
        "en": "Say how many: --women, --men or --other; or --remove.",
    },
    "nothing_to_edit_activity": {
        "sv": "Ange vad som ska ändras, till exempel --date eller --hours.",
        "en": "Say what to change, for example --date or --hours.",
    },
    "both_took_part": {
        "sv": "Båda var med på {title}, {date} ({parts}); samma personer kan vara räknade två gånger. Är de det: "
        "aimaturity activity attend {activity} {company} --women N --men N --other N",
        "en": "Both took part in {title}, {date} ({parts}); the same persons may be counted twice. If so: "
        "aimaturity activity attend {activity} {company} --women N --men N --other N",
    },
    "may_be_same": {
        "sv": "{one} ({one_id}) och {other} ({other_id})\n    om det är samma företag: aimaturity company merge {ids}",
        "en": "{one} ({one_id}) and {other} ({other_id})\n    if they are one: aimaturity company merge {ids}",
    },
    "no_duplicates": {"sv": "Inga företag med liknande namn.", "en": "No companies with similar names."},
    "list_dry": {
        "sv": "Så här skulle det bli; inget är skrivet.",
        "en": "This is what would happen; nothing is written.",
    },
    "list_rows": {
        "sv": "{file}: rader: {rows}; inlästa: {taken}; ej inlästa: {left}; summarader och tomma: {aside}.",
        "en": "{file}: rows: {rows}; taken: {taken}; not taken: {left}; sums and empty: {aside}.",
    },
    "list_persons": {
        "sv": "En rad är en person: räknade per företag, utan namn.",
        "en": "A row is a person: counted by company, without names.",
    },
    "list_left": {"sv": "Ej inlästa rader: {rows}", "en": "Rows not taken: {rows}"},
    "list_again": {
        "sv": "Samma lista lästes in {when}; inget ändras.",
        "en": "The same list was read in on {when}; nothing changes.",
    },
    "list_nothing": {
        "sv": "Registret har redan allt som listan säger; inget ändras.",
        "en": "The register has all that the list says; nothing changes.",
    },
    "list_activity_new": {"sv": "Ny aktivitet: {title}, {date}, {kind}", "en": "New activity: {title}, {date}, {kind}"},
    "list_activity": {"sv": "{title}, {date}, {kind} ({id})", "en": "{title}, {date}, {kind} ({id})"},
    "list_counts": {
        "sv": "    listan: {persons}; företag: nya {added}, ändrade {edited}, borttagna {removed}, oförändrade {same}",
        "en": "    list: {persons}; companies: new {added}, changed {edited}, removed {removed}, unchanged {same}",
    },
    "list_added": {"sv": "    + {name}: {after}", "en": "    + {name}: {after}"},
    "list_edited": {"sv": "    ~ {name}: {before} -> {after}", "en": "    ~ {name}: {before} -> {after}"},
    "list_removed": {"sv": "    - {name}: {before}", "en": "    - {name}: {before}"},
    "list_alone": {
        "sv": "    ändrade för hand sedan listan lästes in, orörda: {names}",
        "en": "    changed by hand since the list was read in, left alone: {names}",
    },
    "list_missing": {
        "sv": "    stod i listan förra gången, kvar tills alla rader går att läsa in: {names}",
        "en": "    in the list the last time, kept until all rows can be taken: {names}",
    },
    "list_companies": {"sv": "Nya företag: {count}", "en": "New companies: {count}"},
    "list_company": {"sv": "    + {name} ({id})", "en": "    + {name} ({id})"},
    "list_filled": {
        "sv": "Företag som får uppgifter de saknade: {names}",
        "en": "Companies that get what they lacked: {names}",
    },
}
