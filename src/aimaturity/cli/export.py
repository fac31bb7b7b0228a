"""`export`: a questionnaire on paper, with a file to enter its answers in."""

from __future__ import annotations

from pathlib import Path

from aimaturity.cli.shared import fail, out, remark, tell
from aimaturity.cli.words import say
from aimaturity.definitions.questionnaire import Questionnaire

KINDS = ("md", "yaml")


def run(model: str, to: str, folder: Path, lang: str) -> None:
    """Writes the guide and the answers file, or the answers file alone. Never over a file that says something else:
    it may hold answers."""
    from aimaturity.exchange.answers_form import answers_form
    from aimaturity.exchange.guide import guide
    from aimaturity.scoring.export import write_text

    if to not in KINDS:
        remark(say("bad_ending", lang, ending=to, endings=", ".join(KINDS)))
        fail()
    questionnaire = _questionnaire(model, lang)
    language = lang if lang in questionnaire.languages else questionnaire.languages[0]
    name = questionnaire.questionnaire
    form = folder / f"{name}-answers-{language}.yaml"
    texts = {form: answers_form(questionnaire, language)}
    if to == "md":
        texts = {folder / f"{name}-guide-{language}.md": guide(questionnaire, language, form.name)} | texts
    for path, text in texts.items():
        if path.exists() and not _says(path, text):
            remark(say("exists", lang, path=path))
            fail()
    for path, text in texts.items():
        problem = write_text(path, text)
        if problem is not None:
            tell([problem], lang)
            fail()
        out(say("written", lang, path=path))


def _says(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode("utf-8")
    except OSError:
        return False


def _questionnaire(model: str, lang: str) -> Questionnaire:
    """The questionnaire of this id or path, or the one that a scoring model of this id or path scores."""
    from aimaturity.definitions import library
    from aimaturity.definitions.load import load_questionnaire, load_scoring_model

    path = Path(model)
    is_file = path.is_file()
    is_model = library.id_in(path, "scoring") is not None if is_file else library.find("scoring", model) is not None
    if is_model:
        loaded = load_scoring_model(model)
        questionnaire, problems = loaded.questionnaire, loaded.diagnostics
    else:
        asked = load_questionnaire(model)
        questionnaire, problems = asked.value, asked.diagnostics
    if questionnaire is None:
        tell(problems, lang)
        fail()
    return questionnaire
