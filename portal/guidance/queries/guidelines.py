"""Reads of guidelines: the edition in effect on a date, and the guideline as this site showed it on a past day."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from portal.core.dates import today
from portal.core.errors import NotFound
from portal.core.texts import LANGUAGE_CODES
from portal.guidance.models import Guideline, GuidelineEdition, GuidelineText
from portal.guidance.queries.texts import end_of, shown_on


class EditionState(StrEnum):
    """Where an edition stands on a date."""

    CURRENT = "current"
    FUTURE = "future"
    EARLIER = "earlier"
    SUPERSEDED = "superseded"  # the whole guideline: another one takes its place
    WITHDRAWN = "withdrawn"  # the whole guideline


@dataclass(frozen=True, slots=True)
class Editions:
    """A guideline with its editions, newest first, as this site shows it, or showed it on a day."""

    guideline: Guideline
    listed: list[GuidelineEdition]
    withdrawn_on: dt.date | None
    withdrawn_because: LazyI18nString
    superseded_by: str

    def in_effect(self, on: dt.date) -> GuidelineEdition:
        """The newest edition whose day has come; the first one where none's has."""
        return next((row for row in self.listed if row.effective_on <= on), self.listed[-1])

    def numbered(self, number: int) -> GuidelineEdition:
        """The edition of this number. NotFound when there is none."""
        found = next((row for row in self.listed if row.number == number), None)
        if found is None:
            raise NotFound(_("There is no edition %(number)s of this guideline.") % {"number": number})
        return found

    def coming(self, on: dt.date) -> list[GuidelineEdition]:
        """The editions that will take effect after a date, the next one first."""
        later = [row for row in self.listed if row.effective_on > on and row.number > self.in_effect(on).number]
        return sorted(later, key=lambda row: (row.effective_on, row.number))

    def before(self, edition: GuidelineEdition) -> GuidelineEdition | None:
        """The edition that this one replaced."""
        return next((row for row in self.listed if row.number < edition.number), None)

    def state(self, edition: GuidelineEdition, on: dt.date) -> EditionState:
        """Where one of the editions stands on a date."""
        current = self.in_effect(on)
        if edition.effective_on > on and (edition.number > current.number or edition == current):
            return EditionState.FUTURE
        if edition != current:
            return EditionState.EARLIER
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return EditionState.SUPERSEDED if self.superseded_by else EditionState.WITHDRAWN
        return EditionState.CURRENT

    def behind(self, edition: GuidelineEdition, language: str) -> GuidelineEdition | None:
        """The edition that the translation into this language still renders; None when it is up to date or missing."""
        if any(text.language == language for text in edition.texts.all()):
            return None
        earlier = (row for row in self.listed if row.number < edition.number)
        return next((row for row in earlier if any(text.language == language for text in row.texts.all())), None)


def editions(slug: str, *, shown: dt.date | None = None) -> Editions:
    """A guideline with its editions; with `shown`, as this site showed it at the end of that day. Three queries, four
    with `shown`. NotFound, with a sentence, when there is no such guideline or the site did not have it yet."""
    guideline = Guideline.objects.filter(slug=slug).first()
    if guideline is None:
        raise NotFound(_("There is no such guideline."))
    rows, texts = guideline.editions.order_by("-number"), GuidelineText.objects.all()
    standing: dict[str, object] = {
        "withdrawn_on": guideline.withdrawn_on,
        "withdrawn_because": guideline.withdrawn_because,
        "superseded_by": guideline.superseded_by,
    }
    if shown is not None:
        end = end_of(shown)
        rows = rows.filter(published_at__lt=end)
        texts = GuidelineText.ever.filter(shown_on(shown))
        last = guideline.standings.filter(recorded_at__lt=end).last()
        standing = {name: getattr(last, name) if last else None for name in standing}
    listed = [row for row in rows.prefetch_related(Prefetch("texts", queryset=texts)) if row.texts.all()]
    if not listed:
        raise NotFound(_("This site did not show this guideline yet on that day."))
    for row in listed:
        row.guideline = guideline
    return Editions(guideline, listed, **standing)  # type: ignore[arg-type]


def standing_on(rows: QuerySet[GuidelineEdition], *, on: dt.date) -> QuerySet[GuidelineEdition]:
    """Editions of the guidelines that are not withdrawn on a date."""
    return rows.filter(Q(guideline__withdrawn_on=None) | Q(guideline__withdrawn_on__gt=on))


def current_editions(*, on: dt.date, coming: bool = False, withdrawn: bool = False) -> QuerySet[GuidelineEdition]:
    """The newest edition of each guideline that is effective on a date; with `coming`, the first one where none is yet;
    with `withdrawn`, of those that are withdrawn instead."""
    numbered = GuidelineEdition.objects.filter(guideline=OuterRef("guideline"))
    effective = numbered.filter(effective_on__lte=on).order_by("-number").values("pk")[:1]
    first = numbered.order_by("number").values("pk")[:1]
    wanted = Q(pk=Subquery(effective))
    if coming:
        wanted |= ~Q(guideline__editions__effective_on__lte=on) & Q(pk=Subquery(first))
    rows = GuidelineEdition.objects.filter(wanted)
    rows = rows.filter(guideline__withdrawn_on__lte=on) if withdrawn else standing_on(rows, on=on)
    return rows.select_related("guideline").prefetch_related("texts").order_by("guideline__slug")


def edition(slug: str, number: int | None, *, on: dt.date) -> GuidelineEdition:
    """An edition of a guideline: the numbered one, else the one effective on the date. NotFound when there is none."""
    found = editions(slug)
    return found.in_effect(on) if number is None else found.numbered(number)


def text_of(row: GuidelineEdition, language: str | None = None) -> GuidelineText:
    """An edition's text in the reader's language, else in the other."""
    texts = {text.language: text for text in row.texts.all()}
    for code in [language or get_language() or "en", *LANGUAGE_CODES]:
        if code in texts:
            return texts[code]
    raise NotFound(str(row))


def guidelines() -> QuerySet[Guideline]:
    """The guidelines that are not withdrawn today."""
    return Guideline.objects.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=today()))
