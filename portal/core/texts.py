"""Short bilingual texts: `{language: words}` in files, LazyI18nString in rows, one language on a page."""

import json
import re
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

LANGUAGE_CODES = [code for code, _ in settings.LANGUAGES]
UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")


def i18n(text: object) -> LazyI18nString:
    """The row's form of a text as files and forms give it: a string (English) or `{language: words}`."""
    if isinstance(text, LazyI18nString):
        return text
    if isinstance(text, dict):
        return LazyI18nString({code: words for code, words in text.items() if words})
    return LazyI18nString({"en": str(text)} if text else {})


def as_dict(text: object) -> dict[str, str]:
    """`{language: words}` with only the languages that have words."""
    data: Any = getattr(text, "data", text)
    if isinstance(data, dict):
        return {code: str(words) for code, words in data.items() if words}
    return {"en": str(data)} if data else {}


def pick(text: object, language: str | None = None) -> tuple[str, str]:
    """The words and the language they are in: the wanted one (default: the reader's), else the other."""
    words = as_dict(text)
    wanted = language or get_language() or settings.LANGUAGE_CODE
    for code in [wanted, *LANGUAGE_CODES]:
        if words.get(code):
            return words[code], code
    return "", wanted


def printable(words: str) -> str:
    """Without the characters that XML cannot hold, such as the line break of a word processor (vertical tab)."""
    return UNPRINTABLE.sub(" ", words)


def contains(column: str, word: str) -> Q:
    """Rows whose bilingual column holds the word; the column stores JSON, in which Chinese is escaped."""
    return Q(**{f"{column}__icontains": word}) | Q(**{f"{column}__icontains": json.dumps(word)[1:-1]})


def other_language(language: str) -> str:
    """The other of the two languages of the site."""
    return next(code for code in LANGUAGE_CODES if code != language)
