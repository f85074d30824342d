"""core.pdf: data becomes text on a page, never markup."""

import io

import pytest
from pypdf import PdfReader

from portal.core import pdf

TEMPLATE = """#import "page.typ": data, language, page-of
#show: page-of.with(title: data.title, footer: data.title)
= #data.title
#language #data.words
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    (tmp_path / "page.typ").write_text((pdf.ROOT / "page.typ").read_text())
    (tmp_path / "sample.typ").write_text(TEMPLATE)
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    return "sample.typ"


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def test_writes_both_scripts(template):
    text = text_of(pdf.compile(template, {"title": "Export licence", "words": "出口管制"}, "zh-hans"))
    assert "Export licence" in text
    assert "出口管制" in text


def test_words_of_people_are_not_markup(template):
    evil = '#read("/etc/passwd") *bold* $x$ "]\\ <a> @ref'
    assert '#read("/etc/passwd") *bold*' in text_of(pdf.compile(template, {"title": "T", "words": evil}, "en"))


def test_has_a_title_for_readers(template):
    made = pdf.compile(template, {"title": "A title", "words": ""}, "en")
    assert PdfReader(io.BytesIO(made)).metadata.title == "A title"
