"""The public cohort: no company in any byte, nothing of fewer than k, and every number as the companies have it."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from io import BytesIO

import jsonschema
import pytest

from aimaturity.benchmark.peers import gather
from aimaturity.benchmark.publish import new_ledger, publish
from aimaturity.cli.schema import schema_of
from aimaturity.programme.cohort.public import ADVICE, CHALLENGE, LEVEL, pick
from aimaturity.report.cohort.build import page_of
from aimaturity.report.cohort.teller import FOLDER
from aimaturity.report.pages import made
from aimaturity.report.templates import open_templates
from aimaturity.scoring.parts import dumps
from tests.programme.cohort import recount
from tests.programme.cohort.factory import NAMES
from tests.programme.cohort.public import DAY, SECRET, documents, first, publication


@cache
def agreed() -> list[recount.Json]:
    every = [json.loads(document.model_dump_json(by_alias=True)) for document in documents()]
    return [r for r in recount.latest(every) if recount.answer(r, "benchmark_consent") == "yes"]


@cache
def files() -> dict[str, bytes]:
    """What goes out, in every kind and language; of the workbook what is in it."""
    found = {"json": dumps(first().document).encode(), "set": dumps(first().set).encode()}
    for language in ("sv", "en"):
        makers = made(page_of(first().document, language), FOLDER, open_templates())
        for kind in ("html", "md", "xlsx"):
            data = makers[kind]()
            if kind == "xlsx":
                with zipfile.ZipFile(BytesIO(data)) as package:
                    data = b"\n".join(package.read(name) for name in package.namelist())
            found[f"{kind}.{language}"] = data
    return found


def test_no_company_is_in_any_byte_that_goes_out() -> None:
    secrets = {d.company.id for d in documents()} | {d.company.organisationsnummer for d in documents()}
    secrets |= {d.company.name for d in documents()} | {d.occasion.adviser for d in documents()}
    secrets |= {d.occasion.date for d in documents()}
    for kind, data in files().items():
        text = data.decode("utf-8")
        assert [secret for secret in secrets if secret and secret in text] == [], kind
        assert [name for name in NAMES if name in text] == [], kind


def test_no_exact_score_and_no_exact_number_goes_out() -> None:
    """All numbers of the figures are ends of stretches and bands, and weights of rules."""
    data = json.loads(files()["json"])["public"]
    bands = {
        (band["at_least"], band["at_most"]) for band in [data["companies"], *(c["companies"] for c in data["counts"])]
    }
    assert bands <= {(5, 9), (10, 19), (20, 49), (50, 99), (100, None)}
    stretches = {
        end for m in data["measures"] for g in m["groups"] for part in ("lower_quartile", "median", "upper_quartile")
        for end in (g[part]["low"], g[part]["high"])
    }  # fmt: skip
    assert stretches <= {10.0 * n for n in range(11)}


def test_levels_challenges_and_gains_are_as_counted_again() -> None:
    found = first().document.public
    assert found is not None
    assert found.companies is not None
    assert found.companies.at_least <= len(agreed()) <= (found.companies.at_most or 10**6)
    seen = set()
    for count in found.counts:
        mine = [r for r in agreed() if count.sector in (None, recount.group(r, "sector"))]
        if count.measure == LEVEL:
            true = sum(str(recount.node(r, "overall")["level"]) == count.value for r in mine)
        elif count.measure == CHALLENGE:
            true = sum(recount.answer(r, CHALLENGE) == count.value for r in mine)
        else:
            rule = count.measure.removeprefix(ADVICE)
            true = recount.steps(mine)[rule]["gaining"]
        seen.add(count.measure.partition(":")[0])
        assert true >= 5
        assert count.companies.at_least <= true <= (count.companies.at_most or 10**6)
    assert seen == {LEVEL, CHALLENGE, "advice"}


def test_the_areas_are_those_of_the_benchmark_set() -> None:
    like = pick(documents())
    assert like is not None
    alone = publish(gather(documents(), like), new_ledger(SECRET), SECRET, DAY)
    assert first().set.measures == alone.set.measures
    assert first().document.public is not None
    assert first().document.public.measures == alone.set.measures


def test_only_those_who_agreed_are_in_it() -> None:
    assert {peer.company for peer in first().peers.companies} == {r["company"]["id"] for r in agreed()}
    assert 0 < len(agreed()) < 80


def test_one_company_more_changes_no_figure() -> None:
    """Its own answers could be read out of any that did."""
    newcomer = documents()[-1]
    answers = [
        a.model_copy(update={"state": "answered", "value": "yes"}) if a.id == "benchmark_consent" else a
        for a in newcomer.answers
    ]
    newcomer = newcomer.model_copy(
        update={"answers": answers, "company": newcomer.company.model_copy(update={"id": "nykomling"})}
    )
    second = publication((*documents(), newcomer), first().ledger, "2026-11-27")
    then, now = first().document.public, second.document.public
    assert then is not None
    assert now is not None
    assert now.measures == then.measures
    assert now.companies == then.companies
    before = {(c.measure, c.sector, c.value): c for c in then.counts}
    assert {key: c for c in now.counts if (key := (c.measure, c.sector, c.value)) in before} == before
    assert len(second.ledger.releases) == 2


def test_too_few_companies_give_no_figure_at_all() -> None:
    some = tuple(
        d
        for d in documents()
        if recount.answer(json.loads(d.model_dump_json(by_alias=True)), "benchmark_consent") == "yes"
    )[:4]
    found = publication(some)
    public = found.document.public
    assert public is not None
    assert public.companies is None
    assert public.counts == []
    assert all(measure.groups == [] for measure in public.measures)
    text = made(page_of(found.document, "sv"), FOLDER, open_templates())["md"]().decode()
    assert "Än går inga siffror att visa" in text


def test_the_order_of_results_changes_no_byte() -> None:
    other = publication(documents()[::-1])
    assert dumps(other.document) == dumps(first().document)
    assert dumps(other.ledger) == dumps(first().ledger)


def test_it_follows_its_schema() -> None:
    jsonschema.validate(json.loads(files()["json"]), schema_of("cohort"))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_says_how_it_is_protected(language: str) -> None:
    text = files()[f"md.{language}"].decode()
    said = {
        "sv": ("färre än fem företag", "Inget företag namnges"),
        "en": ("fewer than five companies", "No company is named"),
    }
    assert all(words in text for words in said[language])
