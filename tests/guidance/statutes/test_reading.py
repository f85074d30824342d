"""Reading official texts: each format, its labels and words, and every way in which a file can be wrong."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import markdown
from portal.guidance import statutes
from portal.guidance.statutes import numerals, plain
from portal.guidance.statutes.outline import with_content, with_file
from tests.guidance.statutes.files import NAMES, data


def read(words: bytes | str, name: str = "act.xml", kind: str = "auto") -> statutes.Statute:
    return statutes.read(words.encode() if isinstance(words, str) else words, name, kind)[0]


def faults(words: bytes | str, name: str = "act.xml", kind: str = "auto") -> list[str]:
    with pytest.raises(statutes.Unreadable) as caught:
        read(words, name, kind)
    return [fault.at(name) for fault in caught.value.faults]


def nodes(name: str) -> dict[str, statutes.Node]:
    return {node.label: node for node, _parent in read(data(name), name).walk()}


def above(name: str) -> dict[str, str | None]:
    return {node.label: parent.label if parent else None for node, parent in read(data(name), name).walk()}


# --- eCFR ---------------------------------------------------------------------------------------------------------


def test_ecfr_labels_are_those_of_the_library() -> None:
    assert above("ecfr-1.xml") == {
        "part-744": None,
        "744.1": "part-744",
        "744.2": "part-744",
        "744.3": "part-744",
        "744.21": "part-744",
        "744-supp-1": "part-744",
        "part-745": None,
        "745-subpart-a": "part-745",
        "745.1": "745-subpart-a",
        "745.2": "745-subpart-a",
    }
    assert read(data("ecfr-1.xml")).scope == {"part-744", "part-745"}


def test_ecfr_words() -> None:
    found = nodes("ecfr-1.xml")
    one = found["744.1"]
    assert (one.number, one.heading, one.line) == ("§ 744.1", "General example provisions", 7)
    assert one.text.split("\n\n") == [
        "(a)(1) Introduction. This part holds made-up prohibitions for tests & trials.",
        "(2) A range of 300 km or 3 × 10² km counts, as does H₂O.",
        "(b) Second paragraph.",
        "[1 ER 1, Jan. 2, 2020]",
    ]
    assert "Note 1 to paragraph (a): An example remains an example." in found["744.2"].text
    assert "Country | Rule\n\nRuritania | Licence" in found["744.21"].text
    assert found["744-supp-1"].heading == "Example Items"
    assert found["744.3"].reserved


def test_ecfr_in_the_older_encoding_and_as_a_whole_title() -> None:
    words = data("ecfr-1.xml").decode().split("?>", 1)[1]
    old = f'<?xml version="1.0" encoding="ISO-8859-1"?><DLPSTEXTCLASS><TEXT><BODY><ECFRBRWS><DIV1 TYPE="TITLE">{words}'
    whole = old + "</DIV1></ECFRBRWS></BODY></TEXT></DLPSTEXTCLASS>"
    raw = whole.replace("—", "-").replace("×", "x").encode("latin-1")
    assert "§ 744.21" in {node.number for node, _ in read(raw).walk()}
    two = whole.replace(
        '<DIV1 TYPE="TITLE">', "<DIV3 TYPE='CHAPTER'><DIV8 N='1.1' TYPE='SECTION'><P>x</P></DIV8></DIV3>"
    )
    two = two.replace("<DIV4", "<DIV3 TYPE='CHAPTER'><DIV4", 1).replace("</DIV1>", "</DIV3>")
    assert "2 chapters" in faults(two.replace("ISO-8859-1", "UTF-8"))[0]


# --- EUR-Lex ------------------------------------------------------------------------------------------------------


def test_akoma_ntoso() -> None:
    found, parents = nodes("akoma-1.xml"), above("akoma-1.xml")
    assert parents["art-3a"] == "chapter-2-section-1"
    assert parents["chapter-2-section-1"] == "chapter-2"
    assert found["art-2"].text.split("\n\n") == [
        "1\\. For the purposes of this Regulation:",
        "(a) ‘example’ means an example;",
        "(b) ‘goods’ means goods¹.",
        "2\\. Nothing else is defined.",
        "¹ OJ E 1, p. 1.",
    ]
    assert found["annex-1"].text == "List of example goods.\n\nCode | Goods\n\n1A1 | Rockets"
    statute = read(data("akoma-1.xml"))
    assert (statute.language, statute.title, statute.scope) == ("en", "Example Regulation on made-up goods", None)


def test_formex() -> None:
    found, parents = nodes("formex-1.xml"), above("formex-1.xml")
    assert list(parents) == ["chapter-1", "art-1", "art-2", "chapter-2", "art-3", "annex-1"]
    assert found["art-2"].text.split("\n\n") == [
        "1\\. The following ‘words’ apply:",
        "(a) example;",
        "(b) 10⁶ items.¹",
        "2\\. Nothing else.",
        "¹ A foot note.",
    ]
    assert "Article 45\n\nForeign words." in found["art-3"].text  # quoted, not an article of this act
    assert (found["annex-1"].number, found["annex-1"].heading) == ("ANNEX I", "List of examples")


# --- Markdown and YAML --------------------------------------------------------------------------------------------


def test_chinese_markdown() -> None:
    found, parents = nodes("chinese-1.md"), above("chinese-1.md")
    assert parents["art-5-1"] == "chapter-2-section-2"
    assert parents["art-6"] == "chapter-3"
    assert (found["art-4"].heading, found["art-4"].text) == ("清单", "测试人员制定清单。")
    assert found["art-2"].text.endswith("（二）第二种示例。\n\n第二条第一款规定的示例，由测试人员确定。")
    statute = read(data("chinese-1.md"), "a.md")
    assert (statute.title, statute.language) == ("示例管制法", "zh-hans")
    assert [str(fault) for fault in statute.warnings] == ["Words before the first provision are not taken."]


PLAIN = "第一编 总则\n第一章 一般\n第一条 甲。\n第二编 分则\n第一章 买卖\n第二条 乙。\n附件一 清单\n丙。"
HEADED = """
# 法
## 第一编 总则
### 第一章 一般
**第一条** 甲。
## 第二编 分则
### 第一章 买卖
**第二条** 乙。
## 附件一 清单
丙。
"""


@pytest.mark.parametrize("words", [PLAIN, HEADED])
def test_chapters_begin_anew_in_each_part(words: str) -> None:
    found = {node.label: node.text for node, _parent in read(words, "a.md").walk()}
    labels = ["part-1", "part-1-chapter-1", "art-1", "part-2", "part-2-chapter-1", "art-2", "annex-1"]
    assert list(found) == labels
    assert (found["art-1"], found["annex-1"]) == ("甲。", "丙。")


def test_a_sentence_that_begins_with_a_number_is_no_article() -> None:
    words = "第一条 甲。\n第二条规定的许可，由本部门发放。\n第二条乙。\n"
    words += "第十二条至第十五条不适用。\n第三章的规定适用。\n第三条 丙。"
    assert [node.label for node, _ in read(words, "a.md").walk()] == ["art-1", "art-2", "art-3"]


def test_english_markdown() -> None:
    assert above("english-1.md") == {
        "part-1": None,
        "section-1": "part-1",
        "section-2": "part-1",
        "part-2": None,
        "section-3": "part-2",
        "annex-1": "part-2",
    } | {"annex-1": None}
    assert nodes("english-1.md")["section-3"].text.endswith("Section 4 of another Act applies.")
    part = read("# Part 744\n\n## § 744.21 Restrictions.\n\nWords.\n\n## § 744.22 More.\n\nMore words.\n", "a.md")
    assert [node.label for node, _ in part.walk()] == ["part-744", "744.21", "744.22"]


def test_yaml_keeps_numbers_as_written() -> None:
    assert list(above("yaml-1.yaml")) == ["part-1", "1.10", "1.11", "1-supp-1"]
    assert nodes("yaml-1.yaml")["1.10"].line == 8


@pytest.mark.parametrize("name", NAMES)
def test_both_versions_have_the_same_labels_but_for_what_changed(name: str) -> None:
    one, two = above(name), above(name.replace("-1", "-2"))
    assert one != {}
    assert all(two[label] == parent for label, parent in one.items() if label in two)
    assert len(set(one) ^ set(two)) <= 2


@pytest.mark.parametrize("name", NAMES)
def test_the_words_stand_on_the_page_as_in_the_file(name: str) -> None:
    """Nothing in them is taken for markup: no list, no heading, no link comes of it."""
    if name.endswith("md"):
        return
    for node, _parent in read(data(name), name).walk():
        html = markdown.render(node.text)
        assert html.count("<p>") == (len(node.text.split("\n\n")) if node.text else 0)
        assert not any(tag in html for tag in ["<ol", "<ul", "<h1", "<em>", "<a ", "<code", "<blockquote"])


@given(
    st.lists(st.text(alphabet="ab1.)#*_`[]()<>&;:!|~-+= \\\"'§条“”", min_size=1, max_size=30), min_size=1, max_size=4)
)
def test_any_words_come_through_markdown(lines: list[str]) -> None:
    text = plain.paragraphs(plain.literal(line) for line in lines)
    wanted = " ".join(" ".join(line.split()) for line in lines).split()
    assert markdown.plain(text).split() == wanted


# --- Hostile and broken files -------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE a [<!ENTITY a0 "x">{LAUGHS}]><ACT>&a9;</ACT>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><ACT>&e;</ACT>'
OUTSIDE_DTD = '<!DOCTYPE ACT SYSTEM "http://127.0.0.1:9/a.dtd"><ACT/>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><ACT/>'


@pytest.mark.parametrize("words", [BOMB, OUTSIDE, OUTSIDE_DTD, PARAMETER])
def test_document_types_and_entities(words: str) -> None:
    assert faults(words)[0].startswith("act.xml:1: The file has a document type or entities")


@pytest.mark.parametrize(
    ("words", "name", "sentence"),
    [
        ("", "act.xml", "act.xml: The file is empty."),
        ("  \n", "act.md", "act.md: The file is empty."),
        (b"PK\x03\x04...", "act.xml", "act.xml: This is a ZIP archive"),
        (b"\x1f\x8b\x08", "act.xml", "compressed file"),
        (b"%PDF-1.4", "act.xml", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0", "act.md", "office document"),
        ("<!DOCTYPE html><html></html>", "act.xml", "This is a web page"),
        (
            "<ACT>\n<ENACTING.TERMS>\n<ARTICLE>",
            "act.xml",
            "act.xml:3: The file breaks off inside the element “ARTICLE”",
        ),
        ("<ACT>\n</ACTS>", "act.xml", "act.xml:2: Not readable as XML: mismatched tag."),
        ("<ACT>&nbsp;</ACT>", "act.xml", "entity stands here that XML does not know"),
        ("<note/>", "act.xml", "root element “note” is not known"),
        ("<ACT/>", "act.xml", "no enacting terms"),
        ("<akomaNtoso><act><body/></act></akomaNtoso>", "act.xml", "no article and no section"),
        ("<DIV5 TYPE='PART'><HEAD>No number</HEAD></DIV5>", "act.xml", "No number of a part or section"),
        ("<ECFR/>", "act.xml", "No part and no section"),
        (
            b"<?xml version='1.0' encoding='utf-8'?>\n<ACT>\n\xe9</ACT>",
            "act.xml",
            "act.xml:3: The letters are not in UTF-8",
        ),
        (b"<?xml version='1.0' encoding='klingon'?><ACT/>", "act.xml", "an encoding that is not known"),
        (b"<ACT>\n\x00</ACT>", "act.xml", "act.xml:2: A control character stands here: U+0000."),
        ("<ACT>" + "<P>" * 200, "act.xml", "more than 120 deep"),
        ("no markup", "act.xml", "does not begin as XML"),
        ("words\n" * 3, "act.md", "No provision was found"),
        ("第一条　甲。".encode("gb18030"), "act.md", "act.md:1: The letters are not in UTF-8"),
        ("# 法\n第一条 甲\x07。", "act.md", "act.md:2: A control character stands here: U+0007."),
        ("---\ntitle: x\n", "act.md", "front matter has no end"),
        ("provisions: [", "act.yaml", "Not readable as YAML"),
        ("title: x", "act.yaml", "needs a field “provisions”"),
        ("provisions: x", "act.yaml", "must be a list"),
        ("provisions:\n  - {label: Art 1, text: x}", "act.yaml", "act.yaml:2: “Art 1” is no label"),
        ("provisions:\n  - {label: a, label: b}", "act.yaml", "stands here twice"),
        ("provisions:\n  - {label: a, body: b}", "act.yaml", "no field “body”"),
        ("a: &a [x]\nprovisions: [*a, *a]", "act.yaml", "act.yaml:1: Anchors and aliases"),
        ("provisions: !!python/object/apply:os.system [x]", "act.yaml", "Tags (!) are not taken"),
        ("[" * 5000, "act.yaml", "more than 40 deep"),
        ("provisions: []", "act.yaml", "No provision was found"),
    ],
)
def test_broken_files(words: bytes | str, name: str, sentence: str) -> None:
    found = faults(words, name)
    assert len(found) == 1
    assert sentence in found[0]


def test_every_fault_at_once() -> None:
    words = "第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条\n第四条 丁。\n第二条 戊。"
    assert faults(words, "act.md") == [
        "act.md:3: art-2 stands here twice; first in line 2.",
        "act.md:4: art-3 has no text.",
        "act.md:6: art-2 stands here twice; first in line 2.",
    ]


def test_gaps_are_warnings() -> None:
    warnings = read("第一条 甲。\n第四条 乙。\n第三条 丙。", "act.md").warnings
    assert [fault.at("act.md") for fault in warnings] == [
        "act.md:2: After article 1 comes article 4.",
        "act.md:3: After article 4 comes article 3.",
    ]


def test_marks_at_the_beginning() -> None:
    for encoding in ["utf-8-sig", "utf-16"]:
        assert [node.label for node, _ in read("第一条 甲。".encode(encoding), "a.md").walk()] == ["art-1"]
    words = "<ACT><ENACTING.TERMS><ARTICLE><TI.ART>Article 1</TI.ART><P>x</P></ARTICLE></ENACTING.TERMS></ACT>"
    for encoding in ["utf-8-sig", "utf-16"]:
        assert [node.label for node, _ in read(words.encode(encoding)).walk()] == ["art-1"]


def test_the_format_can_be_said() -> None:
    assert read(data("yaml-1.yaml"), "act.txt", "yaml").nodes
    assert "is not YAML" in faults(data("ecfr-1.xml"), "act.xml", "yaml")[0]
    assert "does not begin as XML" in faults(data("yaml-1.yaml"), "act.yaml", "ecfr")[0]


@given(st.binary(max_size=300), st.sampled_from(["a.xml", "a.md", "a.yaml", "a.txt"]))
def test_any_bytes_give_a_statute_or_a_sentence(raw: bytes, name: str) -> None:
    found: list[statutes.Fault] = []
    try:
        found = statutes.read(raw, name)[0].warnings
    except statutes.Unreadable as error:
        found = error.faults
    assert all(str(fault) for fault in found)


# --- Numbers ------------------------------------------------------------------------------------------------------


@given(st.integers(1, 9999))
def test_chinese_numerals_there_and_back(number: int) -> None:
    assert numerals.chinese(numerals.in_chinese(number)) == number
    assert numerals.chinese(str(number)) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("一百一十", 110), ("一千二百六十", 1260),
     ("二〇二六", 2026), ("一千零五", 1005), ("两百", 200), ("１２", 12)],
)  # fmt: skip
def test_chinese_numerals(words: str, number: int) -> None:
    assert numerals.chinese(words) == number


@pytest.mark.parametrize("words", ["", "十百", "一一十", "万", "abc", "百千"])
def test_what_is_no_chinese_numeral(words: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        numerals.chinese(words)


@given(st.text(alphabet="〇零一二三四五六七八九十百千两", max_size=9))
def test_any_signs_give_a_number_or_an_error(words: str) -> None:
    with contextlib.suppress(ValueError):
        assert numerals.chinese(words) >= 0


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("12", "12"),
        ("IV", "4"),
        ("12a", "12a"),
        ("3 bis", "3bis"),
        ("XIVa", "14a"),
        ("C", "c"),
        ("i", "1"),
        ("2-1", "2-1"),
        ("B", "b"),
    ],
)
def test_numbers_of_labels(words: str, label: str) -> None:
    assert numerals.plain(words) == label


# --- Outlines -----------------------------------------------------------------------------------------------------


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str | None]:
    """label -> the label above it, in the order of reading."""
    labels = draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    above = {label: draw(st.sampled_from([None, *labels[:at]])) for at, label in enumerate(labels)}
    return {place.label: place.parent for place in with_content(above, {}, ())}


TREES = trees()


@given(TREES, TREES, st.sets(st.sampled_from("abcdefgh")))
def test_outlines_lose_nothing_and_stay_trees(
    new: dict[str, str | None], old: dict[str, str | None], fine: set[str]
) -> None:
    for merge in (with_file, with_content):
        places = merge(new, old, fine)
        assert sorted(place.label for place in places) == sorted({*new, *old})
        seen: dict[str, int] = {}
        for place in places:  # each stands behind its parent, one deeper
            assert place.depth == (seen[place.parent] + 1 if place.parent else 0)
            seen[place.label] = place.depth


@given(TREES, TREES, st.sets(st.sampled_from("abcdefgh")))
def test_the_same_outline_again_moves_nothing(
    new: dict[str, str | None], old: dict[str, str | None], fine: set[str]
) -> None:
    once = with_file(new, old, fine)
    after = {place.label: place.parent for place in once}
    assert with_file(new, after, fine | (set(new) - set(old))) == once


@given(TREES, TREES)
def test_the_library_and_a_file_in_turns_move_nothing(
    authored: dict[str, str | None], filed: dict[str, str | None]
) -> None:
    """When both have the same order, whoever comes last finds everything in its place."""
    filed = {label: parent for label, parent in filed.items() if label not in authored}
    both = with_file({**authored, **filed}, authored, ())
    after = {place.label: place.parent for place in both}
    assert with_content(authored, after, set(filed)) == both


# --- Real files ---------------------------------------------------------------------------------------------------

KOREAN = Path("/work/shared/data/kr-law/korean-law-2026-07-31.json")


@pytest.mark.skipif(not KOREAN.exists(), reason="no real data here")
def test_a_real_law_through_the_yaml_reader() -> None:
    laws = json.loads(KOREAN.read_text())["laws"]
    for law in laws.values():
        provisions: dict[str, dict[str, str]] = {}
        for row in law["articles"]:
            after = f"-{row['subArticleNumber']}" if row["subArticleNumber"] else ""
            label = f"art-{row['articleNumber']}{after}"
            if row["text"].strip():
                heading = row["title"] or ""
                provisions[label] = {"label": label, "number": row["label"], "heading": heading, "text": row["text"]}
        words = json.dumps({"language": "ko", "provisions": list(provisions.values())}, ensure_ascii=False)
        assert len(list(read(words, "law.yaml").walk())) == len(provisions)
