"""Made-up entries as uneven as real ones: chains of the words and characters of content/, with rare words between.

Pure but for reading content/. Each block of rows is made from its own seed: any process makes the same.
"""

import datetime as dt
import itertools
import random
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parents[2] / "content"
NOTICES, PROVISIONS = 110_000, 300_000
PER_LAW = 100
PLACES = ["us", "cn", "eu", "gb", "jp", "ru", "in", "sg"]
TOPICS = ["space", "missiles", "nuclear", "chemical", "encryption", "catch-all", "screening", "brokering", "transit",
          "technology", "end-use", "penalties"]  # fmt: skip
FIRST_DAY = dt.date(2000, 1, 3)


def word(rank: int) -> str:
    """A made-up word of letters alone, so that it is not taken for a code; the smaller its rank the more usual."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(rank))


@cache
def corpus() -> str:
    return "\n".join(path.read_text() for path in sorted(CONTENT.rglob("*")) if path.suffix in {".md", ".yaml"})


@cache
def english() -> dict[str, list[str]]:
    """word -> the words that follow it, as often as they do."""
    after: dict[str, list[str]] = defaultdict(list)
    words = re.findall(r"[A-Za-z][A-Za-z'-]+[.,;]?", re.sub(r"\[\[|\]\]|[a-z_-]+:\s", " ", corpus()))
    for first, second in itertools.pairwise(words):
        after[first].append(second)
    return after


@cache
def chinese() -> dict[str, str]:
    """Two characters -> the characters that follow them, as often as they do."""
    after: dict[str, list[str]] = defaultdict(list)
    for run in re.findall(r"[\u4e00-\u9fff，。、；]{6,}", corpus()):
        for at in range(len(run) - 2):
            after[run[at : at + 2]].append(run[at + 2])
    return {pair: "".join(following) for pair, following in after.items()}


@cache
def starts() -> tuple[list[str], list[str]]:
    return sorted(english()), sorted(pair for pair in chinese() if re.fullmatch(r"[\u4e00-\u9fff]{2}", pair))


def prose(chance: random.Random, length: int) -> str:
    """English of about so many characters; one word in thirty is a rare one."""
    after, first = english(), starts()[0]
    at, words, size = chance.choice(first), [], 0
    while size < length:
        words.append(at if chance.random() > 0.033 else word(int(chance.paretovariate(0.35)) % 20_000))
        size += len(words[-1]) + 1
        at = chance.choice(after[at]) if after.get(at) else chance.choice(first)
    return " ".join(words)


def hanzi(chance: random.Random, length: int) -> str:
    """Chinese of so many characters."""
    after, first = chinese(), starts()[1]
    text = chance.choice(first)
    while len(text) < length:
        following = after.get(text[-2:])
        text += chance.choice(following) if following else "。" + chance.choice(first)
    return text


def made_up(start: int, stop: int) -> list[Any]:
    """The pieces with these numbers: notices first, then provisions, a law's languages one after the other."""
    chance = random.Random(start)
    chance.seed(f"portal {start}")
    return [_notice(chance, at) if at < NOTICES else _provision(chance, at - NOTICES) for at in range(start, stop)]


def _notice(chance: random.Random, at: int) -> Any:
    from portal.search.sources import Piece

    han = at % 11 == 10  # every eleventh is the one before it in Chinese
    place, number = PLACES[(at - han) * 7 % len(PLACES)], at - han
    return Piece(
        key=f"notice/bench-{number}",
        kind="notice",
        language="zh-hans" if han else "en",
        title=hanzi(chance, 20) if han else prose(chance, 70),
        body=hanzi(chance, 250) if han else f"{prose(chance, 560)} {chance.randrange(700, 800)}.{number % 30}",
        jurisdictions=(place,),
        authority=f"{place}-{number % 3}",
        topics=tuple({TOPICS[number % 12], TOPICS[number // 12 % 12]}) if number % 3 == 0 else (TOPICS[number % 12],),
        date=FIRST_DAY + dt.timedelta(days=number * 9973 % 9800),
        weight=1.2,
    )


def _provision(chance: random.Random, at: int) -> Any:
    from portal.search.sources import Piece

    number, han = divmod(at, 2)
    law, article = divmod(number, PER_LAW)
    place, start = PLACES[law % len(PLACES)], FIRST_DAY + dt.timedelta(days=law * 131 % 9800)
    code = f"{law % 10}{'ABCDE'[law % 5]}{article:03}"
    length = chance.randint(300, 1500)
    return Piece(
        key=f"bench-{law}/art-{article + 1}",
        kind="provision",
        language="zh-hans" if han else "en",
        title=f"示例法{law}第{article + 1}条：{hanzi(chance, 8)}" if han else f"Bench {law}, Article {article + 1}",
        body=f"{code} {hanzi(chance, length) if han else prose(chance, length)}",
        jurisdictions=(place,),
        authority=f"{place}-{law % 3}",
        topics=(TOPICS[law % 12],),
        date=start,
        valid_from=start,
        valid_until=start + dt.timedelta(days=3000) if law % 7 == 0 else None,
    )
