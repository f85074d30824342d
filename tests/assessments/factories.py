"""A small framework and questionnaires, loaded as content is."""

from typing import Any

from portal.assessments.importing import frameworks, questionnaires
from portal.assessments.models import Assessment, Question, QuestionnaireVersion
from portal.core.authored import Loaded
from portal.references import actions as references

SCALE = {"type": "scale", "weight": 1}


def framework_data(**facts: Any) -> dict[str, Any]:
    elements = [
        {
            "label": f"e{number}",
            "title": {"en": f"Element {number}", "zh-hans": f"要素{number}"},
            "requirements": [{"label": f"e{number}.r{place}", "text": f"Do {number}.{place}"} for place in (1, 2)],
        }
        for number in (1, 2, 3)
    ]
    return {"slug": "house", "version": 1, "title": "House framework", "short": "House", "elements": elements} | facts


def question(label: str, **facts: Any) -> dict[str, Any]:
    return {
        "label": label,
        "type": "scale",
        "text": {"en": f"Is {label} done?", "zh-hans": f"{label}完成了吗？"},
        "why": "Because of [[icp/house]].",
        "action": f"Do {label}.",
        "assesses": [f"icp/house/{label}"],
    } | facts


def questionnaire_data(**facts: Any) -> dict[str, Any]:
    sections = [
        {
            "label": f"s{number}",
            "title": {"en": f"Section {number}", "zh-hans": f"第{number}节"},
            "questions": [question(f"e{number}.r{place}", weight=place) for place in (1, 2)],
        }
        for number in (1, 2, 3)
    ]
    options = [
        {"label": "good", "text": "Good", "score": 1.0},
        {"label": "poor", "text": "Poor", "score": 0.2},
        {"label": "other", "text": "Other", "score": None},
    ]
    more = [
        question("pick", type="single", options=options, assesses=[]),
        question("many", type="multiple", options=options, assesses=[]),
        {"label": "count", "type": "number", "text": "How many?"},
        {"label": "day", "type": "date", "text": "Since when?"},
        {"label": "words", "type": "text", "text": "Tell more."},
    ]
    sections.append({"label": "more", "title": {"en": "More"}, "questions": more})
    return {
        "slug": "house",
        "version": 1,
        "title": {"en": "House questions", "zh-hans": "内部问卷"},
        "minutes": 10,
        "frameworks": ["icp/house"],
        "sections": sections,
    } | facts


def loaded(module: Any, data: dict[str, Any], path: str = "file.yaml") -> Loaded:
    record = module.SHELF.record.model_validate(data)
    return Loaded(path, record, "0" * 64)


def load(module: Any, data: dict[str, Any]) -> Loaded:
    """Apply a file as library.actions does, with its addresses."""
    file = loaded(module, data)
    assert module.refusals([file]) == []
    module.apply([file])
    references.register(module.addresses(file))
    return file


def make_questionnaire(**facts: Any) -> QuestionnaireVersion:
    """The house framework and its questionnaire."""
    load(frameworks, framework_data())
    load(questionnaires, questionnaire_data(**facts))
    return QuestionnaireVersion.objects.get(questionnaire__slug=facts.get("slug", "house"))


def make_check() -> QuestionnaireVersion:
    """The public questionnaire beside it."""
    make_questionnaire()
    return make_questionnaire(slug="check", public=True, title={"en": "Short check", "zh-hans": "快速自查"})


def question_of(assessment: Assessment, label: str) -> Question:
    return assessment.questionnaire_version.questions.get(label=label)
