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


@pytest.fixture
def made(template, settings, tmp_path, monkeypatch):
    """How often a document was really made."""
    settings.VAR_DIR = tmp_path / "var"
    pdf._templates.cache_clear()
    count = []
    compiled = pdf.compile
    monkeypatch.setattr(pdf, "compile", lambda *args: count.append(args) or compiled(*args))
    yield count
    pdf._templates.cache_clear()


def test_the_same_words_are_set_once(template, made):
    first = pdf.kept(template, {"title": "T", "words": "one"}, "en")
    assert pdf.kept(template, {"words": "one", "title": "T"}, "en") == first
    assert len(made) == 1
    pdf.kept(template, {"title": "T", "words": "two"}, "en")
    pdf.kept(template, {"title": "T", "words": "one"}, "zh-hans")
    assert len(made) == 3


def test_only_so_many_are_kept(template, made, settings, monkeypatch):
    monkeypatch.setattr(pdf, "KEPT", 2)
    for number in range(4):
        pdf.kept(template, {"title": "T", "words": str(number)}, "en")
    assert len(list((settings.VAR_DIR / "pdf").iterdir())) == 2


def test_a_reader_is_told_when_too_many_wait(template, made, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    with pdf._AT_WORK, pytest.raises(pdf.Busy):
        pdf.kept(template, {"title": "T", "words": "one"}, "en")
    assert pdf.kept(template, {"title": "T", "words": "one"}, "en").startswith(b"%PDF")
