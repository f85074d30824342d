"""Articles, sections and parts as people write them: `article 12`, `第12条`, `§ 744.21`, `15 CFR 744.21`. Pure."""

import re

ARTICLE = re.compile(r"(?P<word>articles?|art\.?|arts\.?)(?P<number>\d+[a-z]?)?")
PART = re.compile(r"(?P<word>parts?|chapters?|categor(?:y|ies)|annex|schedule|items?|supplement)")
SECTION = re.compile(r"(?:sections?|secs?\.?|§+)")
BOOK = re.compile(r"c\.?f\.?r\.?|u\.?s\.?c\.?")
CODE = re.compile(r"§*\d+(?:\.\d+)*[a-z]?(?:[.(].*)?")
NUMBER = re.compile(r"\d+[a-z]?(?:\(\w{1,5}\))*")
CHINESE = re.compile(r"第([0-9]{1,4}|[零〇一二三四五六七八九十百千]{1,8})条(?:之([一二三四五六七八九十]{1,3}))?")
DIGITS = "零一二三四五六七八九"
UNITS = [(1000, "千"), (100, "百"), (10, "十")]


def numeral(number: int) -> str:
    """12 -> 十二, 107 -> 一百零七, up to 9999."""
    written, gap = "", False
    for size, unit in UNITS:
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif written:
            gap = True
    if number:
        written += ("零" if gap else "") + DIGITS[number]
    return written.removeprefix("一") if written.startswith("一十") else written


def value(written: str) -> int | None:
    """十二 -> 12, 一百零七 -> 107, 12 -> 12; None for what is no number."""
    if written.isdigit() and written.isascii():
        return int(written)
    total, digit = 0, 0
    for character in written.replace("〇", "零"):
        if character in DIGITS:
            digit = DIGITS.index(character)
        else:
            size = next(size for size, unit in UNITS if unit == character)
            total += (digit or 1) * size
            digit = 0
    return total + digit or None


def joined(words: list[str]) -> list[tuple[str, str]]:
    """Neighbouring words that name one provision as one, each with what it names: article, part or "".

    `article 12` -> [("12", "article")]; `15 cfr 744.21` and `§ 744.21` -> [("744.21", "")].
    """
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
        article = ARTICLE.fullmatch(word)
        if article and article["number"]:
            found.append((article["number"], "article"))
        elif article and NUMBER.fullmatch(following):
            found.append((following, "article"))
            at += 1
        elif PART.fullmatch(word) and NUMBER.fullmatch(following):
            found.append((f"{word} {following}", "part"))
            at += 1
        elif SECTION.fullmatch(word) and CODE.fullmatch(following):
            pass
        elif word.isdigit() and BOOK.fullmatch(following) and at + 2 < len(words) and _leads(words[at + 2 :]):
            at += 1
        else:
            found.append((word.lstrip("§") or word, ""))
        at += 1
    return found


def _leads(words: list[str]) -> bool:
    """Whether a code follows, with § or the word for a part before it."""
    first = words[0]
    return bool(CODE.fullmatch(first)) or (
        len(words) > 1 and bool(SECTION.fullmatch(first) or PART.fullmatch(first)) and bool(CODE.fullmatch(words[1]))
    )


def split(run: str) -> list[tuple[str, int | None]]:
    """What stands around articles, and articles: `出口管制法第十二条` -> [(出口管制法, None), (第十二条, 12)]."""
    parts: list[tuple[str, int | None]] = []
    at = 0
    for match in CHINESE.finditer(run):
        number = value(match[1])
        if number is None or number > 9999 or match[2]:
            continue
        parts += [(run[at : match.start()], None), (f"第{numeral(number)}条", number)]
        at = match.end()
    parts.append((run[at:], None))
    return [(text, number) for text, number in parts if text]
