"""content/courses: folders become courses; what people rely on refuses to change."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from portal.core.signals import published
from portal.courses import queries
from portal.courses.models import BankQuestion, Course, CourseVersion, QuestionVersion
from portal.library import actions, checking
from portal.library.shelves import SHELVES
from portal.references.models import Address, Citation
from tests.courses.factories import enrolled, started, taken

COURSE = {
    "slug": "little",
    "version": 1,
    "title": {"en": "Little course", "zh-hans": "小课程"},
    "summary": {"en": "A summary.", "zh-hans": "简介。"},
    "objectives": [{"en": "Know.", "zh-hans": "知道。"}],
    "minutes": 20,
    "topics": ["space"],
    "pass_mark": 50,
    "time_limit": 10,
    "valid_months": 12,
    "attempts": 2,
    "draw": [{"lesson": 1, "count": 1}, {"lesson": 2, "count": 1}],
}
LESSON = "---\ntitle: {title}\nminutes: 10\nobjectives: [One]\n---\n\nSee [[course/little/{other}]].\n"
TWIN = "---\ntitle: 课\nobjectives: [一]\n---\n\n正文。\n"


def question(label, lesson, **changed):
    return {
        "label": label,
        "version": 1,
        "lesson": lesson,
        "type": "single",
        "text": {"en": f"Secret {label}", "zh-hans": f"保密{label}"},
        "options": [
            {"label": "a", "text": {"en": "Yes"}, "correct": True},
            {"label": "b", "text": {"en": "No"}, "correct": False},
        ],
        "explanation": {"en": f"See [[course/little/{lesson}]]."},
        "cites": [f"course/little/{lesson}"],
        **changed,
    }


class Shelf:
    """A library with one course in a folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "courses" / "little"
        self.folder.mkdir(parents=True)
        (root / "vocabulary.yaml").write_text("topics:\n  space: Space\n")
        self.course(**COURSE)
        for number in (1, 2):
            (self.folder / f"0{number}-lesson.md").write_text(LESSON.format(title=f"L{number}", other=3 - number))
        (self.folder / "01-lesson.zh-hans.md").write_text(TWIN)
        self.bank()

    def course(self, **fields):
        text = yaml.safe_dump({**COURSE, **fields}, allow_unicode=True, sort_keys=False)
        (self.folder / "course.yaml").write_text(text)

    def bank(self, *changed):
        by_label = {row.pop("place", row["label"]): row for row in changed}
        rows = [
            by_label.get(label, question(label, lesson)) for label, lesson in [("q-01", 1), ("q-02", 2), ("q-03", 2)]
        ]
        (self.folder / "questions.yaml").write_text(yaml.safe_dump({"questions": rows}, sort_keys=False))

    def load(self):
        return actions.load(self.root)

    def faults(self):
        return [str(fault) for fault in checking.read(self.root, SHELVES).faults]

    def refused(self):
        with pytest.raises(actions.FaultyLibrary) as error:
            self.load()
        return [str(fault) for fault in error.value.faults]


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


@pytest.fixture
def loaded(shelf, db):
    shelf.load()
    return shelf


def line_of(path, words):
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if words in line)


def test_a_folder_becomes_a_course(loaded):
    version = CourseVersion.objects.get()
    assert (version.course.slug, version.number, version.questions) == ("little", 1, 2)
    assert version.title.data["zh-hans"] == "小课程"
    assert [text.title for _lesson, text in queries.outline(version)] == ["L1", "L2"]
    assert version.lessons.get(number=1).texts.get(language="zh-hans").body.strip() == "正文。"
    assert version.pool.count() == 3
    assert QuestionVersion.objects.get(question__label="q-01").correct == ["a"]


def test_loading_twice_changes_nothing(loaded):
    before = list(QuestionVersion.objects.values())
    assert loaded.load().loaded == 0
    actions.load(loaded.root, everything=True)
    assert list(QuestionVersion.objects.values()) == before
    assert CourseVersion.objects.get().pool.count() == 3


def test_addresses_reveal_nothing_of_the_bank(loaded):
    row = Address.objects.get(key="course/little/q-01")
    assert (row.kind, row.title.data["en"], str(row.gist)) == ("bank-question", "Question q-01", "")
    assert row.get_absolute_url() == reverse("courses:course", kwargs={"slug": "little"})
    assert Address.objects.get(key="course/little/2").get_absolute_url() == "/courses/little/2/"


def test_lessons_teach_and_questions_test_what_they_cite(loaded):
    rows = set(Citation.objects.values_list("source_key", "target_key", "role"))
    assert ("course/little/1", "course/little/2", "teaches") in rows
    assert ("course/little/q-02", "course/little/2", "tests") in rows


def test_new_courses_and_versions_are_announced(shelf, db):
    heard = []
    published.connect(lambda changes, **more: heard.extend(changes), weak=False, dispatch_uid="t")
    try:
        shelf.load()
        shelf.course(version=2)
        shelf.load()
        shelf.bank(question("q-01", 1, version=2))
        shelf.load()
    finally:
        published.disconnect(dispatch_uid="t")
    assert [(change.key, change.what, change.version) for change in heard] == [
        ("course/little", "published", "1"),
        ("course/little", "changed", "2"),
    ]


def test_faults_inside_the_folder_name_the_member(shelf):
    lesson = shelf.folder / "02-lesson.md"
    lesson.write_text(LESSON.format(title="L2", other=9))
    assert shelf.faults() == ["courses/little/02-lesson.md:7: nothing has the key “course/little/9”"]
    shelf.bank(question("q-01", 1, cites=["course/little/8"]))
    path = shelf.folder / "questions.yaml"
    assert f"courses/little/questions.yaml:{line_of(path, 'course/little/8')}:" in shelf.faults()[1]


def test_files_that_do_not_fit_together(shelf):
    shelf.course(draw=[{"lesson": 1, "count": 2}, {"lesson": 1, "count": 1}], slug="other")
    shelf.bank(question("q-02", 7), {**question("q-03", 2), "label": "q-01", "place": "q-03"})
    (shelf.folder / "02-lesson.md").rename(shelf.folder / "03-lesson.md")
    words = "\n".join(shelf.faults())
    for fault in (
        "the folder is called “little”",
        "the paper draws 2 questions of lesson 1, the bank has 1",
        "lesson 1 is drawn twice",
        "there is no lesson 7",
        "lessons are numbered from 01 without gaps: this should be 02",
    ):
        assert fault in words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"options": [{"label": "a", "text": "A"}, {"label": "b", "text": "B"}]}, "no option is correct"),
        (
            {"options": [{"label": x, "text": x, "correct": True} for x in "ab"]},
            "a single choice has one correct option",
        ),
        (
            {"options": [{"label": "a", "text": x, "correct": x == "x"} for x in "xy"]},
            "two options have the same label",
        ),
        ({"type": "essay"}, "type"),
    ],
)
def test_questions_that_cannot_be_answered(shelf, changed, words):
    shelf.bank(question("q-01", 1, **changed))
    (fault,) = [fault for fault in shelf.faults() if fault.startswith("courses/little/questions.yaml:")]
    assert words in fault


def test_before_anybody_is_enrolled_a_version_may_change(loaded):
    loaded.course(pass_mark=60)
    loaded.load()
    assert CourseVersion.objects.get().pass_mark == 60


@pytest.mark.parametrize(
    "changed", [{"pass_mark": 60}, {"title": {"en": "Renamed", "zh-hans": "小课程"}}, {"attempts": 9}]
)
def test_a_version_with_enrolments_refuses_to_change(loaded, learner, changed):
    enrolled(learner, CourseVersion.objects.get())
    loaded.course(**changed)
    line = line_of(loaded.folder / "course.yaml", "version:")
    (fault,) = loaded.refused()
    assert fault.startswith(f"courses/little/course.yaml:{line}: people are enrolled in version 1")
    assert CourseVersion.objects.get().pass_mark == 50
    loaded.course(**changed, version=2)
    loaded.load()
    assert CourseVersion.objects.count() == 2


def test_a_lesson_with_enrolments_refuses_to_change_but_takes_a_translation(loaded, learner):
    enrolled(learner, CourseVersion.objects.get())
    (loaded.folder / "02-lesson.zh-hans.md").write_text(TWIN)
    loaded.load()
    assert CourseVersion.objects.get().lessons.get(number=2).texts.count() == 2
    (loaded.folder / "02-lesson.zh-hans.md").write_text(TWIN.replace("正文", "改"))
    assert "lessons/2/zh-hans/body" in loaded.refused()[0]


def test_notes_to_check_may_change_at_any_time(loaded, learner):
    enrolled(learner, CourseVersion.objects.get())
    loaded.course(to_check=["Compare again."], as_of="2026-11-21")
    loaded.load()
    assert CourseVersion.objects.get().to_check == [{"en": "Compare again."}]


def test_a_question_that_was_asked_refuses_to_change(loaded, learner):
    attempt = started(enrolled(learner, CourseVersion.objects.get()))
    label = next(item.question.question.label for item in queries.items_of(attempt) if item.question.lesson == 1)
    assert label == "q-01"
    loaded.bank(question("q-01", 1, text={"en": "Other words"}))
    (fault,) = loaded.refused()
    line = line_of(loaded.folder / "questions.yaml", "version: 1")
    assert fault.startswith(f"courses/little/questions.yaml:{line}: version 1 of “q-01” was asked in a test")
    loaded.bank(question("q-01", 1, text={"en": "Other words"}, version=2))
    loaded.load()
    pool = CourseVersion.objects.get().pool.filter(question__question__label="q-01")
    assert [row.question.number for row in pool] == [2]
    assert queries.items_of(attempt)[0].question.number == 1


def test_a_question_that_was_never_asked_may_change(loaded):
    loaded.bank(question("q-01", 1, text={"en": "Other words"}))
    loaded.load()
    assert QuestionVersion.objects.get(question__label="q-01").text.data == {"en": "Other words"}


def test_a_vanished_question_leaves_the_pool_and_a_vanished_course_keeps_its_certificates(loaded, client, learner):
    certificate = taken(enrolled(learner, CourseVersion.objects.get())).certificate
    rows = yaml.safe_load((loaded.folder / "questions.yaml").read_text())["questions"][:2]
    (loaded.folder / "questions.yaml").write_text(yaml.safe_dump({"questions": rows}))
    loaded.load()
    assert BankQuestion.objects.get(label="q-03").withdrawn_on is not None
    assert CourseVersion.objects.get().pool.count() == 2
    for path in loaded.folder.iterdir():
        path.unlink()
    loaded.load()
    assert Course.objects.get().withdrawn_on is not None
    assert client.get("/courses/little/").status_code == 200
    assert client.get(f"/verify/{certificate.token}/").status_code == 200


def test_the_course_of_the_site_is_whole():
    library = checking.read(settings.CONTENT_DIR, SHELVES)
    ours = [str(fault) for fault in library.faults if fault.path.startswith("courses/")]
    assert [fault for fault in ours if "nothing has the key" not in fault] == []
    assert "course/commercial-space/q-30" in library.keys
