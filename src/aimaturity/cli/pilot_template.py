"""The empty card that `pilot add --template` writes."""

from __future__ import annotations

CARD = {
    "sv": """\
# En idé för en pilot. Fyll i det som är tomt, och kör: aimaturity pilot add FIL --dry-run
# Det som är valfritt kan lämnas tomt. Tecknet # inleder en kommentar.
pilots_of: {programme}
pilots:
  - id:                       # gemener, siffror och _, till exempel kortare_stallkop
    title:                    # idéns namn; nämn inget företag, för namnet visas
    # Utmaningen som idén möter:
{challenges}
    challenge:
    ai_use:                   # vad AI ska göra
    owner:                    # valfritt: rollen i företaget som äger frågan, aldrig ett namn
    data: []                  # valfritt: - {{what: "Order och körjournaler, två år", personal: true}}

    # De tre nyttorna. Mätt före: baseline, till exempel {{value: 310000, unit: "kWh/år", period: "2025"}}
    # Väntad effekt per år: effect, till exempel {{low: 5000, likely: 9000, high: 14000}}. Under 0 är skada.
    # Utan utgångsvärde tas ingen effekt emot: lämna effect tomt tills det är mätt.
    business:                 # kr per år
      measure:
      baseline:
      effect:
    climate:                  # kg CO2e per år som inte släpps ut
      measure:
      baseline:
      effect:
    # Ett namngivet gap mellan kvinnor och män, och vad som händer med det på ett år:
{steps}
    gender_equality:          # effect: till exempel {{low: none, likely: small, high: clear}}
      measure:
      baseline:
      effect:

    cost:
      sek: {{low: , likely: , high: }}        # kr, utan egna timmar
      own_hours: {{low: , likely: , high: }}  # företagens egna timmar
    risks: []                 # valfritt: - {{what: "Det som kan gå fel", action: "Det vi gör åt det"}}
    # AI-system. role: none, user (använder), adapts (anpassar), develops (utvecklar).
    # risk_class: prohibited, high, transparency, minimal; tomt: inte utrett.
    systems:
      - what:
        role:
        risk_class:

    # Den som följer piloten, och lärosätet som är med; båda valfria:
{partners}
    partner:
    # Lärosäten:
{universities}
    researcher:
    companies: []             # valfritt: - {{company: id i registret, agreed_on: 2026-11-23}}
    # Län:
{counties}
    county: ""                # inom citattecken
    # Bransch:
{sectors}
    sector:
    history:
      - status: idea
        date:                 # till exempel 2026-11-23
        by:                   # vem som förde in idén: en roll
""",
    "en": """\
# An idea for a pilot. Fill in what is empty, and run: aimaturity pilot add FILE --dry-run
# What is optional may stay empty. The sign # begins a comment.
pilots_of: {programme}
pilots:
  - id:                       # lower-case letters, digits and _, such as shorter_changeovers
    title:                    # the idea's name; name no company, since it is shown
    # The challenge that the idea meets:
{challenges}
    challenge:
    ai_use:                   # what AI would do
    owner:                    # optional: the role in the company that owns it, never a name
    data: []                  # optional: - {{what: "Orders and driving logs, two years", personal: true}}

    # The three benefits. Measured before: baseline, such as {{value: 310000, unit: "kWh a year", period: "2025"}}
    # Effect expected a year: effect, such as {{low: 5000, likely: 9000, high: 14000}}. Below 0 is harm.
    # Without a baseline no effect is taken: leave effect empty until it is measured.
    business:                 # SEK a year
      measure:
      baseline:
      effect:
    climate:                  # kg CO2e a year that isn't emitted
      measure:
      baseline:
      effect:
    # One named gap between women and men, and what becomes of it in a year:
{steps}
    gender_equality:          # effect: such as {{low: none, likely: small, high: clear}}
      measure:
      baseline:
      effect:

    cost:
      sek: {{low: , likely: , high: }}        # SEK, own hours not included
      own_hours: {{low: , likely: , high: }}  # hours of the companies' own
    risks: []                 # optional: - {{what: "What may go wrong", action: "What is done about it"}}
    # AI systems. role: none, user, adapts, develops.
    # risk_class: prohibited, high, transparency, minimal; empty: not settled.
    systems:
      - what:
        role:
        risk_class:

    # Who follows the pilot, and the university that takes part; both optional:
{partners}
    partner:
    # Universities:
{universities}
    researcher:
    companies: []             # optional: - {{company: id in the register, agreed_on: 2026-11-23}}
    # County:
{counties}
    county: ""                # in quotes
    # Sector:
{sectors}
    sector:
    history:
      - status: idea
        date:                 # such as 2026-11-23
        by:                   # who entered the idea: a role
""",
}
