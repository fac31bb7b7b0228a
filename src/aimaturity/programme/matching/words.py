"""What a match says, in whole sentences, Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aimaturity.programme.matching.document import Reason, ReasonKey
from aimaturity.programme.pilots.words import sentence
from aimaturity.scoring.parts import Words

REASONS: Mapping[ReasonKey, Words] = {
    "in_county": {"sv": "verkar i {county}", "en": "works in {county}"},
    "other_county": {"sv": "ingen i {county} erbjuder det", "en": "nobody in {county} offers it"},
    "county_unknown": {"sv": "företagets län är inte känt", "en": "the company's county isn't known"},
    "knows_sector": {"sv": "kan branschen: {sector}", "en": "knows the sector: {sector}"},
    "asked_by_advice": {"sv": "rådet ”{title}”", "en": "the advice “{title}”"},
    "in_pilot": {"sv": "är med i piloten ”{title}”", "en": "is in the pilot “{title}”"},
    "wants_pilot": {"sv": "vill vara med i en pilot", "en": "wants to take part in a pilot"},
    "pilot_on_challenge": {"sv": "idén ”{title}” möter samma utmaning", "en": "the idea “{title}” meets the challenge"},
    "same_challenge": {"sv": "samma utmaning: {challenge}", "en": "the same challenge: {challenge}"},
    "other_sector": {"sv": "en annan bransch: {sector}", "en": "another sector: {sector}"},
    "sector_unknown": {
        "sv": "branschen är inte känd för båda företagen",
        "en": "the sector of both companies isn't known",
    },
    "same_county": {"sv": "samma län: {county}", "en": "the same county: {county}"},
    "same_sector": {"sv": "samma bransch: {sector}", "en": "the same sector: {sector}"},
    "agreed": {"sv": "har sagt ja till att träffa andra", "en": "has agreed to meet others"},
}


def reason(key: ReasonKey, **facts: Any) -> Reason:
    return Reason(key=key, text=sentence(REASONS[key], **facts))


WORDS: Mapping[str, Words] = {
    "title": {"sv": "Vem kan hjälpa {name}?", "en": "Who can help {name}?"},
    "where": {"sv": "Län: {county}. Bransch: {sector}.", "en": "County: {county}. Sector: {sector}."},
    "challenge": {"sv": "Största utmaning: {challenge}.", "en": "Biggest challenge: {challenge}."},
    "unknown": {"sv": "inte känt", "en": "not known"},
    "gaps": {"sv": "Nästa steg, och vem som kan hjälpa till", "en": "Next steps, and who can help"},
    "gaps_from": {"sv": "Efter svaren {date}.", "en": "By the answers of {date}."},
    "no_result": {
        "sv": "Företaget har inget resultat än. Börja med: aimaturity interview {id}",
        "en": "The company has no result yet. Begin with: aimaturity interview {id}",
    },
    "no_result_own": {"sv": "Ni har inget resultat än.", "en": "You have no result yet."},
    "no_gaps": {"sv": "Resultatet ger inga råd.", "en": "The result gives no advice."},
    "nobody": {"sv": "ingen i programmet erbjuder det", "en": "nobody in the programme offers it"},
    "more_helpers": {"sv": "och {names}", "en": "and {names}"},
    "more_gaps": {
        "sv": "Fler steg: {count}. Alla finns i rapporten.",
        "en": "More steps: {count}. All are in the report.",
    },
    "course": {"sv": "kurs", "en": "course"},
    "expert_meeting": {"sv": "möte med en kunnig", "en": "meeting with an expert"},
    "student_project": {"sv": "studentprojekt", "en": "student project"},
    "shared_project": {"sv": "gemensamt projekt", "en": "shared project"},
    "pilot": {"sv": "pilot", "en": "pilot"},
    "outside_funding": {"sv": "extern finansiering", "en": "outside funding"},
    "equality_coaching": {"sv": "jämställdhetscoachning", "en": "gender equality coaching"},
    "researcher": {"sv": "forskare", "en": "researcher"},
    "test_bed": {"sv": "testbädd", "en": "test bed"},
    "offers": {
        "sv": "Forskare, studenter, kurser och testbäddar",
        "en": "Researchers, students, courses and test beds",
    },
    "why": {"sv": "Därför: {reasons}.", "en": "Because: {reasons}."},
    "pilots": {"sv": "Piloter som företaget är med i", "en": "Pilots that the company is in"},
    "pilots_own": {"sv": "Piloter som ni är med i", "en": "Pilots that you are in"},
    "open_pilots": {"sv": "Idéer till piloter på samma utmaning", "en": "Ideas for pilots on the same challenge"},
    "meeting": {"sv": "Andra företag med samma utmaning", "en": "Other companies with the same challenge"},
    "not_asked": {
        "sv": "Företaget har inte sagt ja till att träffa andra. Fråga först.",
        "en": "The company hasn't agreed to meet others. Ask first.",
    },
    "not_asked_own": {
        "sv": "Ni har inte sagt ja till att träffa andra företag. Säg till om ni vill.",
        "en": "You haven't agreed to meet other companies. Say so if you want to.",
    },
    "nobody_agreed": {
        "sv": "Det finns inget företag att föreslå än.",
        "en": "There is no company to suggest yet.",
    },
    "one_agreed": {
        "sv": "Ett annat företag har sagt ja till att träffas.",
        "en": "One other company has agreed to meet.",
    },
    "some_agreed": {
        "sv": "{count} andra företag har sagt ja till att träffas.",
        "en": "{count} other companies have agreed to meet.",
    },
    "not_agreed": {
        "sv": "Fler med samma utmaning, som inte har sagt ja: {count}. De visas inte.",
        "en": "More with the same challenge that haven't agreed: {count}. They aren't shown.",
    },
    "for_hub": {
        "sv": "För hubben. Ett blad till företaget självt: lägg till --for-company.",
        "en": "For the hub. For a sheet to the company itself: add --for-company.",
    },
    "shared": {"sv": "Utmaningar som företag delar", "en": "Challenges that companies share"},
    "shared_count": {"sv": "Har sagt ja till att träffa andra: {count}.", "en": "Have agreed to meet others: {count}."},
    "sectors": {"sv": "Branscher: {sectors}.", "en": "Sectors: {sectors}."},
    "nothing_shared": {
        "sv": "Inget företag har både sagt sin utmaning och sagt ja till att träffa andra.",
        "en": "No company has both told its challenge and agreed to meet others.",
    },
}
NUMBERS = {
    "sv": ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
"""Small numbers are written in words at the head of a sentence."""
