"""content/assessments: what is written, and what is refused once somebody relies on it."""

import pytest
from pydantic import ValidationError

from portal.assessments import actions
from portal.assessments.importing import frameworks, questionnaires
from portal.assessments.models import Element, Framework, Question, Questionnaire, QuestionnaireVersion, Requirement
from portal.references.models import Address
from tests.assessments.factories import framework_data, load, loaded, question, questionnaire_data

pytestmark = pytest.mark.django_db


def test_writes_everything(version):
    assert Element.objects.count() == 3
    assert Requirement.objects.count() == 6
    assert version.questions.count() == 11
    assert version.questions.get(label="e1.r2").requirements.get().key == "icp/house/e1.r2"
    assert version.questions.get(label="pick").options.count() == 3
    assert version.questions.get(label="words").weight == 0


def test_twice_changes_nothing(version):
    before = list(Requirement.objects.values_list("pk", "text"))
    load(frameworks, framework_data())
    load(questionnaires, questionnaire_data())
    assert list(Requirement.objects.values_list("pk", "text")) == before
    assert Question.objects.count() == 11


def test_an_unused_version_is_replaced(version):
    data = questionnaire_data()
    data["sections"][0]["questions"].pop()
    load(questionnaires, data)
    assert QuestionnaireVersion.objects.get().questions.count() == 10


def test_a_used_version_is_refused(assessment):
    data = questionnaire_data()
    data["sections"][0]["questions"][0]["text"] = "Is it really done?"
    (refusal,) = questionnaires.refusals([loaded(questionnaires, data)])
    assert "version 2" in refusal.message
    assert questionnaires.refusals([loaded(questionnaires, questionnaire_data())]) == []


def test_a_used_framework_is_refused(assessment):
    data = framework_data(title="Another title")
    (refusal,) = frameworks.refusals([loaded(frameworks, data)])
    assert refusal.loc == ("version",)
    assert frameworks.refusals([loaded(frameworks, data | {"version": 2})]) == []


def test_a_new_version_leaves_old_assessments_alone(assessment, firm, officer):
    load(questionnaires, questionnaire_data(version=2, title="New questions"))
    assert Questionnaire.objects.get().current.number == 2
    assert assessment.questionnaire_version.number == 1
    assert assessment.questionnaire_version.questions.count() == 11
    newer = actions.start(Questionnaire.objects.get().current, organisation=firm, title="Next", by=officer)
    assert newer.questionnaire_version.questions.count() == 11


def test_a_number_never_goes_back(version):
    load(questionnaires, questionnaire_data(version=2))
    (refusal,) = questionnaires.refusals([loaded(questionnaires, questionnaire_data())])
    assert "older" in refusal.message


def test_everything_again_keeps_answers(assessment, officer):
    actions.answer(assessment, assessment.questionnaire_version.questions.first(), value="yes", by=officer)
    load(frameworks, framework_data())
    load(questionnaires, questionnaire_data())
    assert assessment.answers.count() == 1


def test_assesses_only_its_frameworks(version):
    data = questionnaire_data(version=2)
    data["sections"][0]["questions"][0]["assesses"] = ["icp/other/e1"]
    (refusal,) = questionnaires.refusals([loaded(questionnaires, data)])
    assert refusal.loc == ("sections", 0, "questions", 0, "assesses", 0)


@pytest.mark.parametrize(
    "facts",
    [
        {"type": "single"},
        {"options": [{"label": "a", "text": "A"}]},
        {"type": "single", "options": [{"label": "not-applicable", "text": "A"}]},
        {"type": "single", "options": [{"label": "a", "text": "A", "score": 1.2}]},
        {"type": "text", "weight": 2},
        {"colour": "red"},
    ],
)
def test_faulty_questions(facts):
    with pytest.raises(ValidationError):
        questionnaires.QuestionRecord.model_validate(question("x", **facts))


def test_addresses_and_citations(version):
    file = loaded(questionnaires, questionnaire_data())
    assert Address.objects.get(key="q/house/e1.r1").get_absolute_url().endswith("/questionnaires/house/#e1.r1")
    cited = {citing.key: [(key, role) for _, key, role in citing.keys] for citing in questionnaires.citing(file)}
    assert ("icp/house/e1.r1", "implements") in cited["q/house/e1.r1"]


def test_questions_test_what_they_cite(version):
    data = questionnaire_data()
    data["sections"][0]["questions"][0]["cites"] = ["cn-ecl/art-5"]
    citing = list(questionnaires.citing(loaded(questionnaires, data)))[1]
    assert citing.role == "tests"
    assert ("cn-ecl/art-5", "") in [(key, role) for _, key, role in citing.keys]


def test_withdrawal_keeps_the_page(version, client):
    from portal.core.dates import today

    questionnaires.withdraw({"q/house", "q/house/e1.r1"}, today())
    frameworks.withdraw({"icp/house"}, today())
    assert Questionnaire.objects.get().withdrawn_on == today()
    assert Framework.objects.get().withdrawn_on == today()
    assert client.get("/questionnaires/house/").status_code == 200
    assert b"withdrawn" in client.get("/frameworks/house/").content


def test_changes_tell_only_of_new_versions(version):
    assert questionnaires.changes([loaded(questionnaires, questionnaire_data())]) == []
    (change,) = questionnaires.changes([loaded(questionnaires, questionnaire_data(version=2))])
    assert change.what == "changed"
