"""Reads of guidelines; the edition is the one that is effective on a date."""

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from portal.core.errors import NotFound
from portal.core.texts import LANGUAGE_CODES
from portal.guidance.models import Guideline, GuidelineEdition, GuidelineText


def current_editions(*, on: dt.date) -> QuerySet[GuidelineEdition]:
    """The edition of each guideline that is effective on a date (the newest; the first one where none is yet)."""
    newest = GuidelineEdition.objects.filter(guideline=OuterRef("guideline"))
    effective = newest.filter(effective_on__lte=on).order_by("-number").values("pk")[:1]
    return (
        GuidelineEdition.objects.filter(pk=Subquery(effective), guideline__withdrawn_on=None)
        .select_related("guideline")
        .prefetch_related("texts")
        .order_by("guideline__slug")
    )


def edition(slug: str, number: int | None, *, on: dt.date) -> GuidelineEdition:
    """An edition of a guideline: the numbered one, else the one effective on the date. NotFound when there is none."""
    rows = GuidelineEdition.objects.filter(guideline__slug=slug).select_related("guideline").prefetch_related("texts")
    chosen = (
        rows.filter(number=number).first()
        if number is not None
        else rows.filter(effective_on__lte=on).order_by("-number").first() or rows.order_by("number").first()
    )
    if chosen is None:
        raise NotFound(slug)
    return chosen


def text_of(row: GuidelineEdition, language: str | None = None) -> GuidelineText:
    """An edition's text in the reader's language, else in the other."""
    texts = {text.language: text for text in row.texts.all()}
    for code in [language or get_language() or "en", *LANGUAGE_CODES]:
        if code in texts:
            return texts[code]
    raise NotFound(str(row))


def guidelines() -> QuerySet[Guideline]:
    """The guidelines that are not withdrawn."""
    return Guideline.objects.filter(withdrawn_on=None)
