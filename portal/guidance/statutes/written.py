"""Statutes as plain Markdown: 第…编, 章, 节, 条 as well as Part, Chapter, Section, Article and §. Pure.

A provision begins with a heading (`## 第二章 …`, `### Article 12 …`) or with a line that begins with its number, as
official texts are printed. Front matter (title, language) may stand above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from portal.guidance.statutes import numerals
from portal.guidance.statutes.labels import CHINESE, LABELS, ONE_CHINESE, joined
from portal.guidance.statutes.statute import Fault, Node, Statute, Unreadable, gettext_noop
from portal.guidance.statutes.structured import mapping

FENCE = "---"
HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<words>.+?)\s*#*\s*$")
BOLD = re.compile(r"^(\*\*|__)(?P<words>.+?)\1\s*(?P<rest>.*)$")
HAN = re.compile(r"[\u3400-\u9fff]")
CONTENTS = re.compile(r"^(?:目\s*录|目\s*次|contents|table of contents)$", re.IGNORECASE)
NAMED = re.compile(r"^[【〔\[（(](?P<words>[^】〕\]）)]{1,60})[】〕\]）)]\s*")
# After 第十二条 in the middle of a sentence: 第十二条规定的, 第十二条第二款, 第十二条至第十五条, …
GOES_ON = re.compile(r"^[第规所的中至到、和与及或，,。；;之款项]")
ANNEX = re.compile(r"^(?:附件|附录|附表)\s*(?P<number>[一二三四五六七八九十0-9]+)?(?=[\s:：\u3000]|$)")
RESERVED = re.compile(r"\[\s*reserved\s*\]|^（?(?:已?删除|保留)）?$", re.IGNORECASE)
RANKS = {"book": 0, "part": 1, "title": 2, "subtitle": 3, "subpart": 3, "chapter": 4, "subchapter": 5, "section": 6,
         "division": 6, "subsection": 7, "annex": 0, "art": 9}  # fmt: skip
LONGEST_HEADING = 160


@dataclass(slots=True)
class _Unit:
    """A line that begins a provision."""

    kind: str
    number: str  # as labels have it
    shown: str
    rest: str
    line: int
    level: int = 0  # of the Markdown heading; 0 for a plain line


@dataclass(slots=True)
class _Open:
    """A provision whose end has not come yet."""

    node: Node
    kind: str
    level: int
    lines: list[str] = field(default_factory=list)


def read(text: str) -> Statute:
    """The act in a Markdown file. Unreadable when no provision is found."""
    meta, lines, first = _front(text)
    reading = _Reading(text)
    for number, line in enumerate(lines, first):
        reading.take(line.rstrip(), number)
    reading.close(0)
    if not reading.roots:
        message = gettext_noop(
            "No provision was found: none of 第…条, 第…章, Article, Section, § or Part begins a line."
        )
        raise Unreadable(Fault(1, message))
    title = meta.get("title") or reading.title
    language = meta.get("language") or ("zh-hans" if reading.chinese else "")
    return Statute(title, language, reading.roots, None, reading.warnings)


def _front(text: str) -> tuple[dict[str, str], list[str], int]:
    """(front matter, the lines below, the number of the first of them)."""
    lines = text.split("\n")
    if lines[0].strip() != FENCE:
        return {}, lines, 1
    try:
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    except StopIteration:
        raise Unreadable(
            Fault(1, gettext_noop("The front matter has no end: a second line of --- is missing."))
        ) from None
    return mapping("\n".join(lines[1:end]), offset=1), lines[end + 1 :], end + 2


class _Reading:
    def __init__(self, text: str) -> None:
        self.roots: list[Node] = []
        self.stack: list[_Open] = []
        self.title = ""
        self.warnings: list[Fault] = []
        self.chinese = len(HAN.findall(text[:20_000])) > 20
        self.sections_are_articles = not re.search(
            r"^[#*\s]*(?:第[^\n]{1,9}条|article\s+\d)", text, re.MULTILINE | re.IGNORECASE
        )
        self.contents: list[str] | None = None  # labels seen in a table of contents, while it lasts
        self.last_article = 0
        self.before = 0  # the first line of words before any provision

    def take(self, line: str, number: int) -> None:
        bare = line.strip(" \t\u3000")
        heading = HEADING.match(bare)
        words = heading["words"] if heading else bare
        bold = BOLD.match(words)
        if bold:
            words = f"{bold['words']} {bold['rest']}".strip()
        if CONTENTS.match(words):
            self.contents = []
            return
        unit = self.unit(words, number, len(heading["marks"]) if heading else (7 if bold else 0))
        if unit is not None and not self.in_contents(unit):
            self.open(unit)
        elif unit is None and heading and not self.roots and not self.title and len(heading["marks"]) == 1:
            self.title = words
        elif unit is None and self.stack:
            self.stack[-1].lines.append(words if heading else bare if HAN.search(bare) else line)
        elif unit is None and bare and not self.before and self.contents is None:
            self.before = number
            self.warnings.append(Fault(number, gettext_noop("Words before the first provision are not taken.")))

    def in_contents(self, unit: _Unit) -> bool:
        """Whether this line belongs to a table of contents, which ends where its first entry comes again."""
        if self.contents is None:
            return False
        name = f"{unit.kind}-{unit.number}"
        if self.contents and self.contents[0] == name:
            self.contents = None
            return False
        if unit.kind == "art":  # contents list no articles here: the text has begun
            self.contents = None
            return False
        self.contents.append(name)
        return True

    # --- lines that begin a provision ---------------------------------------------------------------------------

    def unit(self, words: str, line: int, level: int) -> _Unit | None:
        return self.chinese_unit(words, line, level) or self.english_unit(words, line, level)

    def chinese_unit(self, words: str, line: int, level: int) -> _Unit | None:
        annex = ANNEX.match(words)
        if annex and len(words) < LONGEST_HEADING:
            number = str(numerals.chinese(annex["number"])) if annex["number"] else ""
            return _Unit("annex", number, annex[0].strip(), words[annex.end() :].strip(" :：\u3000"), line, level)
        found = ONE_CHINESE.match(words)
        if found is None:
            return None
        kind, after = CHINESE[found["unit"]], words[found.end() :]
        try:
            value = numerals.chinese(found["number"])
            number = f"{value}-{numerals.chinese(found['after'])}" if found["after"] else str(value)
        except ValueError:
            return None
        apart = not after or after[0] in " \t\u3000【〔（(" or level
        if kind == "art":
            follows = value in {self.last_article, self.last_article + 1} and not GOES_ON.match(after)
            if not apart and not follows:
                return None
        elif not apart and ("。" in after or GOES_ON.match(after)):
            return None
        return _Unit(kind, number, found[0], after.strip(" \t\u3000"), line, level)

    def english_unit(self, words: str, line: int, level: int) -> _Unit | None:
        for kind, pattern in LABELS.items():
            found = pattern.match(words)
            if found is None or not (found["number"] or (kind == "annex" and level)):
                continue
            rest = words[found.end() :]
            if not level and not self.begins(words, rest):
                return None
            dotted = re.fullmatch(r"\d+[A-Za-z]?\.\d+[A-Za-z]?(?:-\d+)*", (found["number"] or "").strip())
            try:
                number = dotted[0].lower() if dotted else numerals.plain(found["number"]) if found["number"] else ""
            except ValueError:
                return None
            return _Unit(kind, number, found[0].strip(), rest.strip(" \t.:—–-\u3000"), line, level)
        return None

    @staticmethod
    def begins(words: str, rest: str) -> bool:
        """Whether a plain line with a number at its beginning is a heading and no sentence about that number."""
        if len(words) > LONGEST_HEADING:
            return False
        if not rest.strip() or re.match(r"\s*[.:—–]\s*|\s{2,}|\t", rest):
            return True
        if words.startswith("§"):
            return True
        return rest.lstrip()[:1].isupper() and not rest.rstrip().endswith((".", ";", ","))

    # --- the tree -----------------------------------------------------------------------------------------------

    def open(self, unit: _Unit) -> None:
        article = unit.kind == "art" or (unit.kind in {"section", "subsection"} and self.is_leaf(unit))
        self.close_for(unit, article)
        above = self.stack[-1].node if self.stack else None
        label = self.label(unit, article, above)
        heading, text = self.heading_of(unit, article)
        node = Node(label, unit.shown, heading, "", unit.line, reserved=bool(RESERVED.search(unit.rest)))
        (above.children if above else self.roots).append(node)
        kind = "art" if article else unit.kind
        self.stack.append(_Open(node, kind, unit.level, [text] if text else []))
        if unit.kind == "art":
            self.last_article = int(unit.number.partition("-")[0].rstrip("abcdefghijklmnopqrstuvwxyz") or 0)

    def is_leaf(self, unit: _Unit) -> bool:
        return self.sections_are_articles or "." in unit.number

    def close_for(self, unit: _Unit, article: bool) -> None:
        rank = RANKS["art" if article else unit.kind]
        while self.stack:
            top = self.stack[-1]
            both = top.level and unit.level and top.level != unit.level and "annex" not in {top.kind, unit.kind}
            over = top.kind == "art" or (top.level >= unit.level if both else RANKS[top.kind] >= rank)
            if not over and unit.kind != "annex":
                return
            self.finish(self.stack.pop())

    def close(self, depth: int) -> None:
        while len(self.stack) > depth:
            self.finish(self.stack.pop())

    def finish(self, opened: _Open) -> None:
        opened.node.text = body(opened.lines, self.chinese)

    def label(self, unit: _Unit, article: bool, above: Node | None) -> str:
        over = above.label if above else ""
        annex = over if over.startswith("annex") else ""
        if unit.kind == "annex":
            return f"annex-{unit.number}" if unit.number else "annex"
        if article:
            own = unit.number if "." in unit.number else f"{unit.kind}-{unit.number}"
            return f"{annex}-{own}" if annex else own
        return joined(unit.kind, unit.number, over)

    def heading_of(self, unit: _Unit, article: bool) -> tuple[str, str]:
        """(heading, first paragraph) from what follows the number on its line."""
        rest = unit.rest
        if not article:
            return rest, ""
        named = NAMED.match(rest)
        if named and (HAN.search(rest) or not rest[named.end() :]):
            return named["words"].strip(), rest[named.end() :].strip()
        if HAN.search(rest):
            is_sentence = re.search(r"[。；：，]", rest) or not unit.level
            return ("", rest) if is_sentence else (rest, "")
        return rest.rstrip("."), ""


def body(lines: list[str], chinese: bool) -> str:
    """Paragraphs as Markdown: Chinese texts have one on each line; in others an empty line ends one."""
    found: list[str] = []
    for line in lines:
        words = line.rstrip()
        apart = chinese and HAN.search(words) and found and found[-1] and not words.startswith(("|", "- ", "* "))
        if apart:
            found.append("")
        if words or (found and found[-1]):
            found.append(words)
    return "\n".join(found).strip("\n")
