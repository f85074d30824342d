"""content/guidance/guidelines -> guidelines, editions and their texts. A published edition never changes."""

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.utils import timezone

from portal.core.authored import Cite, Citing, Loaded, Loc, Record, Refusal, Slug, Source, Text
from portal.core.signals import Change
from portal.core.texts import i18n
from portal.guidance.models import Guideline, GuidelineEdition, GuidelineText
from portal.references.authored import Shelf
from portal.references.models import Address


class GuidelineRecord(Record):
    title: str
    edition: int
    effective_on: dt.date
    summary: str
    topics: list[str] = []
    elements: list[str] = []
    jurisdictions: list[Slug] = []
    changes: str = ""
    as_of: dt.date | None = None
    sources: list[Source] = []
    to_check: list[Text] = []
    cites: list[Cite] = []
    body: str


class GuidelineTranslation(Record):
    title: str
    edition: int
    summary: str
    changes: str = ""
    to_check: list[Text] = []
    body: str


def slug_of(loaded: Loaded) -> str:
    return PurePosixPath(loaded.path).stem


def _current_translations(loaded: Loaded) -> dict[str, Any]:
    """Translations that render this edition; one that is behind is not shown as if it were current."""
    edition = loaded.record.edition
    return {code: text for code, text in loaded.translations.items() if text.edition == edition}


def titles(loaded: Loaded) -> dict[str, str]:
    translations = _current_translations(loaded)
    return {"en": loaded.record.title} | {code: text.title for code, text in translations.items()}


def summaries(loaded: Loaded) -> dict[str, str]:
    translations = _current_translations(loaded)
    return {"en": loaded.record.summary} | {code: text.summary for code, text in translations.items()}


def addresses(loaded: Loaded) -> Iterable[Address]:
    slug = slug_of(loaded)
    yield Address(
        key=f"guide/{slug}",
        kind="guideline",
        title=i18n(titles(loaded)),
        gist=i18n(summaries(loaded)),
        route="guidance:guideline",
        arguments={"slug": slug},
    )


def citing(loaded: Loaded) -> Iterable[Citing]:
    record: GuidelineRecord = loaded.record
    texts: list[tuple[Loc, Any]] = [(("body",), record.body)]
    texts += [((code, "body"), text.body) for code, text in loaded.translations.items()]
    named: list[tuple[Loc, str, str]] = [
        (("jurisdictions", number), f"jurisdiction/{code}", "see-also")
        for number, code in enumerate(record.jurisdictions)
    ]
    yield Citing(f"guide/{slug_of(loaded)}", version=str(record.edition), texts=texts, keys=named).cites(
        ("cites",), record.cites
    )


def values(loaded: Loaded) -> Iterable[tuple[Loc, str, str]]:
    for group in ("topics", "elements"):
        for number, value in enumerate(getattr(loaded.record, group)):
            yield (group, number), group, value


def refusals(loaded: list[Loaded]) -> list[Refusal]:
    """A published edition is immutable: other words need a higher number. Translations may come later."""
    published = {
        (text.edition.guideline.slug, text.edition.number): text
        for text in GuidelineText.objects.filter(language="en").select_related("edition__guideline")
    }
    found: list[Refusal] = []
    for file in loaded:
        text = published.get((slug_of(file), file.record.edition))
        if text is not None and text.body != file.record.body:
            words = (
                f"edition {file.record.edition} is published; a changed text needs edition {file.record.edition + 1}"
            )
            found.append(Refusal(file.path, ("edition",), f"{words} and a line in changes"))
    return found


def apply(loaded: list[Loaded]) -> None:
    for file in loaded:
        record: GuidelineRecord = file.record
        guideline, _ = Guideline.objects.update_or_create(
            slug=slug_of(file), defaults={"withdrawn_on": None, "withdrawn_because": ""}
        )
        facts = {
            "effective_on": record.effective_on,
            "topics": record.topics,
            "elements": record.elements,
            "jurisdictions": record.jurisdictions,
            "as_of": record.as_of,
            "sources": [source.model_dump(mode="json") for source in record.sources],
        }
        edition, _ = GuidelineEdition.objects.update_or_create(
            guideline=guideline,
            number=record.edition,
            defaults=facts,
            create_defaults={**facts, "published_at": timezone.now()},
        )
        for language, text in {"en": record, **_current_translations(file)}.items():
            GuidelineText.objects.update_or_create(
                edition=edition,
                language=language,
                defaults={
                    "title": text.title,
                    "summary": text.summary,
                    "body": text.body,
                    "changes": text.changes,
                    "to_check": text.to_check,
                },
            )


def withdraw(keys: set[str], on: dt.date) -> None:
    slugs = [key.partition("/")[2] for key in keys]
    Guideline.objects.filter(slug__in=slugs, withdrawn_on=None).update(withdrawn_on=on)


def changes(loaded: list[Loaded]) -> list[Change]:
    """One change for each new edition."""
    known = set(GuidelineEdition.objects.values_list("guideline__slug", "number"))
    return [
        Change(
            key=f"guide/{slug_of(file)}",
            kind="guideline",
            what="published" if file.record.edition == 1 else "changed",
            version=str(file.record.edition),
            title=titles(file),
            summary=summaries(file),
            jurisdictions=tuple(file.record.jurisdictions),
            topics=tuple(file.record.topics),
            effective_on=file.record.effective_on,
        )
        for file in loaded
        if (slug_of(file), file.record.edition) not in known
    ]


SHELF = Shelf(
    name="guidelines",
    pattern="guidance/guidelines/*.md",
    record=GuidelineRecord,
    translation=GuidelineTranslation,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
    refusals=refusals,
    changes=changes,
    values=values,
)
