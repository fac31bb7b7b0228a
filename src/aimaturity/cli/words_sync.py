"""What `sync` says, in both languages; part of `words.WORDS`."""

from __future__ import annotations

SYNC: dict[str, dict[str, str]] = {
    "sync_key_made": {
        "sv": "Nyckeln {name} är skriven: {path}\nGe den till var och en av era egna, aldrig tillsammans med en bunt.",
        "en": "The key {name} is written: {path}\nGive it to each of your own, never together with a bundle.",
    },
    "sync_exported": {
        "sv": "Bunten är skriven: {path}\nFöretag: {companies}; bedömningar: {assessments}; svar: {events}.",
        "en": "The bundle is written: {path}\nCompanies: {companies}; assessments: {assessments}; answers: {events}.",
    },
    "sync_not_signed": {
        "sv": "Den är inte signerad: mottagaren ser inte om någon har ändrat i den. Ange er nyckel med --key.",
        "en": "It isn't signed: who gets it can't see whether anybody changed it. Name your key with --key.",
    },
    "sync_not_hidden": {
        "sv": "Den är inte krypterad: bär den på ett krypterat minne, eller skicka den krypterad.",
        "en": "It isn't encrypted: carry it on an encrypted stick, or send it encrypted.",
    },
    "sync_dry": {
        "sv": "Inget är ändrat; så här skulle det bli:",
        "en": "Nothing was changed; this is what it would be:",
    },
    "sync_unverified": {
        "sv": "Bunten är inte prövad mot någon nyckel.",
        "en": "The bundle was not checked against any key.",
    },
    "sync_imported": {
        "sv": "Från {device}, skriven {made}: nya företag: {companies}; nya bedömningar: {assessments}; "
        "nya svar: {events}; nya poster i journalen: {entries}; fanns redan: {already}.",
        "en": "From {device}, written {made}: new companies: {companies}; new assessments: {assessments}; "
        "new answers: {events}; new entries in the journal: {entries}; there already: {already}.",
    },
    "sync_nothing_new": {
        "sv": "Från {device}, skriven {made}: inget nytt; allt finns redan här.",
        "en": "From {device}, written {made}: nothing new; all of it is here already.",
    },
    "sync_erased": {
        "sv": "Borttaget här, eftersom det är borttaget där: företag: {companies}; bedömningar: {assessments}; "
        "svar: {events}.",
        "en": "Erased here, since it was erased there: companies: {companies}; assessments: {assessments}; "
        "answers: {events}.",
    },
    "sync_kept_out": {
        "sv": "Släpptes inte in, eftersom det gäller borttagna företag: {count} poster och bedömningar.",
        "en": "Not let in, since it is about erased companies: {count} entries and assessments.",
    },
    "sync_conflicts": {
        "sv": "Olika på båda sidor: {count}. Inget är borta; allt finns i historiken.",
        "en": "Different on both sides: {count}. Nothing is lost; all of it is in the history.",
    },
    "sync_answer": {
        "sv": "{company}: {field} i {about} är besvarad olika. Här: {here}. Där: {there}. Nu gäller: {counts}.",
        "en": "{company}: {field} in {about} was answered differently. Here: {here}. There: {there}. "
        "Now counts: {counts}.",
    },
    "sync_field": {
        "sv": "{company}: {field} är ändrat olika. Här: {here}. Där: {there}. Nu gäller: {counts}.",
        "en": "{company}: {field} was changed differently. Here: {here}. There: {there}. Now counts: {counts}.",
    },
    "sync_number": {
        "sv": "{company}: samma organisationsnummer ({field}) stod på {here} och {there}. De är nu ett företag.",
        "en": "{company}: the same organisation number ({field}) was on {here} and {there}. They are one company now.",
    },
    "sync_twice": {
        "sv": "{company} står två gånger på aktiviteten {about}: {here}. Tillsammans räknas {counts} personer; är det "
        "samma personer, rätta med aimaturity activity attend.",
        "en": "{company} stands twice at the activity {about}: {here}. Together {counts} persons are counted; if they "
        "are the same persons, correct it with aimaturity activity attend.",
    },
    "sync_merge": {
        "sv": "{company}: hopslaget olika. Här: {here}. Där: {there}. Alla är nu {counts}.",
        "en": "{company}: merged differently. Here: {here}. There: {there}. All are {counts} now.",
    },
    "sync_assessment": {
        "sv": "{company}: båda har svarat i bedömningen {about}: {here} svar här, {there} där. "
        "Det senaste på varje fråga gäller.",
        "en": "{company}: both have answered in the assessment {about}: {here} answers here, {there} there. "
        "The latest to each question counts.",
    },
    "sync_begun": {
        "sv": "{company}: båda har börjat på {field}, och ingen är klar. Här: {here}. Där: {there}. "
        "Båda står kvar; kom överens om vilken som ska göras färdig.",
        "en": "{company}: both have begun {field}, and neither is finished. Here: {here}. There: {there}. Both stand; "
        "agree on which to finish.",
    },
    "sync_erased_since": {
        "sv": "Den ena har fortsatt med det som den andra har tagit bort: {here} poster här, {there} där. Det är "
        "borttaget.",
        "en": "One went on with what the other has erased: {here} entries here, {there} there. It is erased.",
    },
    "sync_copied": {
        "sv": "Från {about}: {there} poster eller svar har samma namn här men säger något annat, som när ett registers "
        "fil har kopierats för hand. Båda är kvar. Kopiera med aimaturity backup i stället.",
        "en": "From {about}: {there} entries or answers have the same name here but say something else, as when a "
        "register's file was copied by hand. Both are kept. Copy with aimaturity backup instead.",
    },
}
