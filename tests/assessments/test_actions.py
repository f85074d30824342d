"""What can happen to an assessment, to whom, and what is left behind."""

import datetime as dt
import uuid

import pytest

from portal.assessments import actions, chain, queries
from portal.assessments.models import AnswerEvent, Assessment, ReviewNote
from portal.assessments.scoring import Given
from portal.core.errors import Conflict, NotAllowed, NotFound, PortalError
from portal.core.models import AuditEvent
from portal.organisations.permissions import forget
from tests.assessments.factories import question_of

pytestmark = pytest.mark.django_db


def events(assessment):
    return list(AuditEvent.objects.filter(target_key=assessment.key).order_by("pk").values_list("event", flat=True))


def test_start_is_safe_to_repeat(version, firm, officer):
    ref = uuid.uuid4()
    one = actions.start(version, organisation=firm, title="A", by=officer, ref=ref)
    other = actions.start(version, organisation=firm, title="A", by=officer, ref=ref)
    assert one.pk == other.pk
    assert events(one) == ["assessment.started"]


def test_start_with_a_ref_of_another_firm(assessment, version, other_firm, outsider):
    with pytest.raises(NotAllowed):
        actions.start(version, organisation=other_firm, title="A", by=outsider, ref=assessment.ref)


@pytest.mark.parametrize("role", ["contributor", "learner", "auditor", "outsider"])
def test_who_may_not_start(role, version, firm, request):
    with pytest.raises(NotAllowed):
        actions.start(version, organisation=firm, title="A", by=request.getfixturevalue(role))


def test_start_takes_answers_over(version, firm, officer):
    answers = {"e1.r1": Given("yes"), "e1.r2": Given(None, not_applicable=True), "nothing": Given("yes")}
    made = actions.start(version, organisation=firm, title="A", by=officer, answers=answers)
    assert made.state == "in_progress"
    assert [row.question.label for row in made.answers.all()] == ["e1.r1"]
    assert made.answers.get().event.channel == "quick-check"


def test_first_answer_begins(assessment, officer):
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", by=officer)
    assert assessment.state == "in_progress"
    assert events(assessment) == ["assessment.started", "assessment.begun"]


def test_answers_are_only_ever_added(assessment, officer, owner):
    question = question_of(assessment, "e1.r1")
    actions.answer(assessment, question, value="no", by=officer)
    actions.answer(assessment, question, value="yes", note="done", by=owner)
    actions.answer(assessment, question, value=None, by=owner)
    assert [row.value for row in queries.history(assessment, question)] == [None, "yes", "no"]
    assert assessment.answers.get().is_answered is False


def test_the_same_again_changes_nothing(assessment, officer):
    question = question_of(assessment, "e1.r1")
    first = actions.answer(assessment, question, value="no", note="x", by=officer)
    again = actions.answer(assessment, question, value="no", note=" x ", by=officer)
    assert (first.changed, again.changed) == (True, False)
    assert AnswerEvent.objects.count() == 1


def test_nothing_at_all_leaves_no_row(assessment, officer):
    assert actions.answer(assessment, question_of(assessment, "e1.r1"), value="", by=officer).event is None
    assert assessment.state == "draft"


def test_two_people_meet_and_both_words_stay(assessment, officer, owner):
    question = question_of(assessment, "e1.r1")
    actions.answer(assessment, question, value="yes", note="theirs", by=owner, seen=0)
    mine = actions.answer(assessment, question, value="no", note="mine", by=officer, seen=0)
    assert mine.aside
    assert mine.counting.note == "theirs"
    assert assessment.answers.get().event.note == "theirs"
    assert {row.note for row in queries.history(assessment, question)} == {"theirs", "mine"}
    after = actions.answer(assessment, question, value="no", note="mine", by=officer, seen=mine.counting.number)
    assert not after.aside
    assert assessment.answers.get().event.note == "mine"


def test_the_same_words_are_put_aside_once(assessment, officer, owner):
    question = question_of(assessment, "e1.r1")
    actions.answer(assessment, question, value="yes", by=owner, seen=0)
    for _ in range(2):
        assert actions.answer(assessment, question, value="no", by=officer, seen=0).aside
    assert AnswerEvent.objects.count() == 2


def test_ones_own_quick_second_answer_is_no_conflict(assessment, officer):
    question = question_of(assessment, "e1.r1")
    actions.answer(assessment, question, value="yes", by=officer, seen=0)
    assert not actions.answer(assessment, question, value="no", by=officer, seen=0).aside


def test_the_chain_can_be_checked(assessment, officer, owner):
    question = question_of(assessment, "e1.r1")
    for value, by in (("no", officer), ("partly", owner), ("yes", officer)):
        actions.answer(assessment, question, value=value, by=by)
    previous = ""
    for row in AnswerEvent.objects.order_by("number"):
        expected = chain.digest(
            previous,
            at=row.at,
            assessment=str(assessment.ref),
            question=question.key,
            number=row.number,
            author=row.author_id,
            channel=row.channel,
            aside=row.aside,
            value=row.value,
            not_applicable=row.not_applicable,
            reason=row.reason,
            note=row.note,
        )
        assert row.digest == expected
        previous = row.digest


def test_not_applicable_needs_a_reason(assessment, officer):
    question = question_of(assessment, "e1.r1")
    with pytest.raises(PortalError, match="why"):
        actions.answer(assessment, question, not_applicable=True, by=officer)
    actions.answer(assessment, question, value="yes", not_applicable=True, reason="No exports", by=officer)
    event = assessment.answers.get().event
    assert (event.value, event.reason) == (None, "No exports")


@pytest.mark.parametrize(
    ("label", "value", "stored"),
    [
        ("e1.r1", "uncertain", "uncertain"),
        ("pick", "good", "good"),
        ("many", ["poor", "good"], ["good", "poor"]),
        ("count", " 1,200.50 ", "1200.50"),
        ("day", "2026-02-28", "2026-02-28"),
        ("words", " a\r\nb ", "a\nb"),
        ("words", "   ", None),
        ("many", [], None),
    ],
)
def test_forms_of_values(assessment, label, value, stored):
    assert actions.cleaned(question_of(assessment, label), value) == stored


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("e1.r1", "maybe"),
        ("pick", "none"),
        ("many", ["good", "none"]),
        ("count", "few"),
        ("count", "NaN"),
        ("day", "2026-02-30"),
        ("words", "x" * 20_001),
    ],
)
def test_values_that_do_not_fit(assessment, officer, label, value):
    with pytest.raises(PortalError):
        actions.answer(assessment, question_of(assessment, label), value=value, by=officer)
    assert not AnswerEvent.objects.exists()


def test_who_may_not_answer(assessment, contributor, learner, auditor, outsider):
    question = question_of(assessment, "e1.r1")
    for person, error in ((contributor, NotFound), (learner, NotFound), (auditor, NotAllowed), (outsider, NotFound)):
        with pytest.raises(error):
            actions.answer(assessment, question, value="yes", by=person)


def test_a_contributor_answers_what_was_given(assessment, officer, contributor):
    section = assessment.questionnaire_version.sections.get(label="s1")
    row = actions.delegate(assessment, section, to=contributor, by=officer, due_on=dt.date(2026, 12, 1))
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", by=contributor)
    with pytest.raises(NotFound):
        actions.answer(assessment, question_of(assessment, "e2.r1"), value="yes", by=contributor)
    actions.hand_back(row, by=contributor)
    with pytest.raises(NotAllowed):
        actions.answer(assessment, question_of(assessment, "e1.r1"), value="no", by=contributor)
    assert "assessment.handed-back" in events(assessment)


def test_delegating_again_brings_the_row_up_to_date(assessment, officer, contributor):
    section = assessment.questionnaire_version.sections.get(label="s1")
    one = actions.delegate(assessment, section, to=contributor, by=officer)
    other = actions.delegate(assessment, section, to=contributor, by=officer, due_on=dt.date(2027, 1, 1))
    assert one.pk == other.pk
    assert other.due_on == dt.date(2027, 1, 1)
    actions.withdraw_delegation(other, by=officer)
    assert actions.delegate(assessment, section, to=contributor, by=officer).pk != one.pk


def test_not_everybody_can_be_asked(assessment, officer, learner, outsider):
    section = assessment.questionnaire_version.sections.first()
    for person in (learner, outsider):
        with pytest.raises(PortalError):
            actions.delegate(assessment, section, to=person, by=officer)


def test_only_the_asked_hands_back(assessment, officer, contributor):
    section = assessment.questionnaire_version.sections.first()
    row = actions.delegate(assessment, section, to=contributor, by=officer)
    with pytest.raises(NotFound):
        actions.hand_back(row, by=officer)
    with pytest.raises(NotAllowed):
        actions.withdraw_delegation(row, by=contributor)


def test_submit_closes_the_answers(submitted, officer):
    with pytest.raises(Conflict):
        actions.answer(submitted, question_of(submitted, "e1.r1"), value="no", by=officer)
    assert actions.submit(submitted, by=officer).state == "in_review"
    assert events(submitted).count("assessment.submitted") == 1


def test_nothing_to_submit(assessment, officer):
    with pytest.raises(Conflict):
        actions.submit(assessment, by=officer)


def test_four_eyes(submitted, officer, owner):
    with pytest.raises(NotAllowed):
        actions.approve(submitted, by=officer)
    with pytest.raises(NotAllowed):
        actions.send_back(submitted, reason="x", by=officer)
    actions.approve(submitted, by=owner, remark="Well done")
    actions.approve(submitted, by=owner)
    assert Assessment.objects.get().state == "approved"
    assert events(submitted).count("assessment.approved") == 1
    assert ReviewNote.objects.get().text == "Well done"


def test_return_needs_a_reason_and_reopens_answers(submitted, officer, owner):
    with pytest.raises(PortalError, match="Say what"):
        actions.send_back(submitted, reason=" ", by=owner)
    question = question_of(submitted, "e1.r1")
    actions.send_back(submitted, reason="Prove it", by=owner, remarks={question: "Where is it?"})
    assert submitted.state == "returned"
    assert [note.text for note in queries.remarks(submitted)[question.pk]] == ["Where is it?"]
    actions.answer(submitted, question, value="yes", by=officer)
    actions.submit(submitted, by=officer)
    assert submitted.state == "in_review"


def test_remarks_are_written_once(submitted, owner):
    question = question_of(submitted, "e1.r1")
    assert actions.remark(submitted, {question: "Why?"}, by=owner) == 1
    assert actions.remark(submitted, {question: "Why?"}, by=owner) == 0


def test_reopen_keeps_everything(submitted, officer, owner):
    actions.approve(submitted, by=owner)
    with pytest.raises(PortalError):
        actions.reopen(submitted, reason="", by=officer)
    before = AnswerEvent.objects.count()
    actions.reopen(submitted, reason="New plant", by=officer)
    assert submitted.is_open
    assert AnswerEvent.objects.count() == before
    assert ReviewNote.objects.get(kind="reopening").text == "New plant"


def test_close_only_what_is_approved(submitted, officer, owner):
    with pytest.raises(Conflict):
        actions.close(submitted, by=officer)
    actions.approve(submitted, by=owner)
    assert actions.close(submitted, by=officer).state == "closed"


@pytest.mark.parametrize("typed", ["1e999999999", "1e-999999999", "0e999999999", "9" * 5000])
def test_a_number_is_not_written_out_to_a_gigabyte(assessment, officer, typed):
    with pytest.raises(PortalError, match="is not a number"):
        actions.cleaned(question_of(assessment, "count"), typed)


def test_ordinary_numbers_are_kept(assessment, officer):
    count = question_of(assessment, "count")
    assert [actions.cleaned(count, typed) for typed in ["1,200", "1e3", "-0.5"]] == ["1200", "1000", "-0.5"]


def test_characters_that_no_database_keeps_are_left_out(assessment, officer):
    saved = actions.answer(assessment, question_of(assessment, "words"), value="a\x00b\ud800c", by=officer)
    assert saved.event.value == "abc"


def test_a_section_that_was_taken_back_cannot_be_handed_in(assessment, officer, contributor):
    """Handing it in would make the person see it again."""
    section = assessment.questionnaire_version.sections.get(label="s1")
    asked = actions.delegate(assessment, section, to=contributor, by=officer)
    actions.withdraw_delegation(asked, by=officer)
    with pytest.raises(NotFound):
        actions.hand_back(asked, by=contributor)
    with pytest.raises(NotFound):
        queries.seat(contributor, assessment.organisation, assessment.ref)


@pytest.mark.parametrize("role", ["learner", "auditor"])
def test_nothing_is_due_for_who_may_not_answer_any_more(assessment, officer, role):
    """Titles of assessments stood on the dashboard of whoever had started them, whatever became of their role."""
    section = assessment.questionnaire_version.sections.get(label="s1")
    actions.delegate(assessment, section, to=officer, by=officer)
    assert len(queries.due_for(officer, assessment.organisation)) == 2
    officer.memberships.update(role=role)
    forget(officer)
    assert queries.due_for(officer, assessment.organisation) == []
