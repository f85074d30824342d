"""Numbers of articles as they are written: Chinese, Roman and Arabic numerals."""

import re

DIGITS = {
    "〇": 0, "零": 0, "○": 0, "一": 1, "壹": 1, "二": 2, "贰": 2, "两": 2, "三": 3, "叁": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
WRITTEN = "〇一二三四五六七八九"
CHINESE = r"[〇零○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]+|[0-9０-９]+"
ROMAN = re.compile(r"^(?=[ivxlcdm])m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def chinese(words: str) -> int:
    """The value of a Chinese numeral up to 9999, or of digits. ValueError when it is none."""
    if words.isdecimal():
        return int(words)
    if len(words) > 1 and all(sign in DIGITS for sign in words):  # 二〇二六, digit by digit
        return int("".join(str(DIGITS[sign]) for sign in words))
    total, pending, last_unit = 0, None, 10_000
    for sign in words:
        if sign in DIGITS:
            if pending:
                raise ValueError(f"“{words}” is not a numeral")
            pending = DIGITS[sign]
        elif sign in UNITS and UNITS[sign] < last_unit:
            last_unit = UNITS[sign]
            total += (1 if pending is None else pending) * last_unit
            pending = None
        else:
            raise ValueError(f"“{words}” is not a numeral")
    if not words:
        raise ValueError("an empty numeral")
    return total + (pending or 0)


def in_chinese(number: int) -> str:
    """1 to 9999 as statutes write it: 十二, 一百零三, 一千二百六十."""
    if not 0 < number < 10_000:
        raise ValueError(f"{number} is not between 1 and 9999")
    words, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap else "") + WRITTEN[digit] + sign
            gap = False
        elif words:
            gap = True
    return words.removeprefix("一") if words.startswith("一十") else words


def roman(words: str) -> int:
    """The value of a Roman numeral. ValueError when it is none."""
    text = words.strip().lower()
    if not ROMAN.match(text):
        raise ValueError(f"“{words}” is not a Roman numeral")
    values = [ROMAN_VALUES[sign] for sign in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def plain(words: str) -> str:
    """A number as labels have it: `12`, `12a`, `12-1`; Roman numerals become Arabic. ValueError when it is none."""
    text = words.strip().strip(".:").lower().replace("\u2011", "-")
    if re.fullmatch(r"[a-h]|[j-u]|[wyz]", text):  # a lone letter counts as a letter, but for I, V and X
        return text
    try:
        return str(roman(text))
    except ValueError:
        pass
    found = re.fullmatch(r"([0-9]+)\s*[-.]?\s*((?:[a-z]{1,3}|bis|ter|quater|quinquies|sexies|septies|octies)?)", text)
    if found:
        return f"{int(found[1])}{found[2]}"
    found = re.fullmatch(r"([ivxlcdm]+)\s*[-.]?\s*([a-z])", text)
    if found:
        return f"{roman(found[1])}{found[2]}"
    found = re.fullmatch(r"([0-9]+)((?:[-.][0-9]+)+)", text)
    if found:
        return f"{int(found[1])}{found[2].replace('.', '-')}"
    raise ValueError(f"“{words}” is not a number of a provision")
