"""The result page, PDF and XLSX."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from portal.assessments import actions
from portal.assessments.exports import workbook
from portal.assessments.presenting import percent, radar
from portal.assessments.scoring import Fraction
from tests.assessments.factories import question_of

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def answered(assessment, officer):
    for label, value in (("e1.r1", "yes"), ("e1.r2", "no"), ("e2.r1", "partly"), ("e2.r2", "uncertain")):
        actions.answer(assessment, question_of(assessment, label), value=value, by=officer, note=EVIL)
    actions.answer(assessment, question_of(assessment, "e3.r1"), not_applicable=True, reason="@SUM(1)", by=officer)
    return assessment


def test_result(client_for, officer, answered):
    client = client_for(officer)
    with CaptureQueriesContext(connection) as made:
        page = client.get(f"{answered.get_absolute_url()}result/").content.decode()
    assert len(made) <= 15
    assert "33 %" in page  # e1: (1·1 + 2·0) / 3
    assert "17–83 %" in page  # e2: (1·½ + 2·[0, 1]) / 3
    assert "1 uncertain" in page
    assert 'role="img"' in page
    gaps = page.split("Gaps, what weighs most first")[1]
    assert gaps.index("Is e1.r2 done?") < gaps.index("Is e2.r1 done?")
    assert "Is e1.r1 done?" not in gaps
    assert "Is e3.r1 done?" not in gaps
    assert "Do e1.r2." in gaps


def test_result_in_chinese(client_for, officer, answered):
    page = client_for(officer).get(f"/zh-hans{answered.get_absolute_url()}result/").content.decode()
    assert "要素1" in page


def test_result_of_nothing(client_for, officer, assessment):
    page = client_for(officer).get(f"{assessment.get_absolute_url()}result/").content.decode()
    assert "0–100 %" in page


def test_only_reading(client_for, officer, assessment):
    for page in ("result/", "report.pdf", "answers.xlsx", "answers/e1.r1/history/"):
        assert client_for(officer).post(assessment.get_absolute_url() + page).status_code == 405


def pdf_of(client, url):
    reply = client.get(url)
    assert reply["Content-Type"] == "application/pdf"
    assert "attachment" in reply["Content-Disposition"]
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(reply.content)).pages)


def test_pdf_in_both_languages(client_for, officer, answered):
    client, url = client_for(officer), f"{answered.get_absolute_url()}report.pdf"
    english, chinese = pdf_of(client, url), pdf_of(client, f"/zh-hans{url}")
    assert "Programme 2026" in english
    assert "Element 1" in english
    assert "要素1" in chinese.replace(" ", "")
    assert "HYPERLINK" in english


def test_pdf_takes_words_as_text(client_for, officer, assessment):
    note = '#panic("x") *b* $y$ `z` \\ "'
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="no", note=note, by=officer)
    assert '#panic("x") *b*' in pdf_of(client_for(officer), f"{assessment.get_absolute_url()}report.pdf")


def book_of(client, assessment):
    reply = client.get(f"{assessment.get_absolute_url()}answers.xlsx")
    return load_workbook(io.BytesIO(reply.content))


def test_xlsx_holds_every_answer_note_and_requirement(client_for, officer, answered):
    book = book_of(client_for(officer), answered)
    rows = {row[0]: row for row in book["Answers"].iter_rows(min_row=2, values_only=True)}
    assert len(rows) == 11
    assert rows["q/house/e1.r2"][3] == "No"
    assert rows["q/house/e1.r2"][8] == EVIL
    assert rows["q/house/e1.r2"][11] == "icp/house/e1.r2: Do 1.2"
    assert rows["q/house/e3.r1"][4] == "Not applicable"
    assert rows["q/house/words"][4] == "Not scored"
    assert len(list(book["History"].iter_rows(min_row=2))) == 5


def test_xlsx_holds_no_formula(client_for, officer, answered):
    book = book_of(client_for(officer), answered)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    (note,) = {cell.quotePrefix for cell in cells if cell.value == EVIL}
    assert note


def test_xlsx_survives_control_characters(client_for, officer, assessment):
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="no", note="a\x0bb", by=officer)
    rows = list(book_of(client_for(officer), assessment)["Answers"].iter_rows(values_only=True))
    assert rows[1][8] == "ab"


@pytest.mark.parametrize(("value", "shown"), [("0", 0), ("1", 100), ("999/1000", 99), ("1/1000", 1), ("1/8", 13)])
def test_percent_never_flatters(value, shown):
    assert percent(Fraction(value)) == shown


def test_a_radar_needs_three_spokes():
    assert radar([("a", 1, 2), ("b", 1, 2)]) is None
    made = radar([("a", 100, 100), ("b", 0, 50), ("c", 0, 0)])
    assert made.low.split()[0] == "180.0,50.0"
    assert not made.exact


def test_a_formula_behind_an_unprintable_character_stays_text():
    cell = Workbook().active["A1"]
    workbook._write_text(cell, "\x01=1+1")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
