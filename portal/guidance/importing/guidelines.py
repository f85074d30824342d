"""content/guidance/guidelines -> guidelines, editions and their texts. A published edition never changes.

`<slug>.md` is the newest edition; `<slug>.<number>.md` beside it keeps an earlier one, for sites that load the library
for the first time.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.utils import timezone

from portal.core.authored import Cite, Citing, KeyText, Loaded, Loc, Record, Refusal, Slug, Source, Text
from portal.core.signals import Change
from portal.core.texts import as_dict, i18n
from portal.guidance.models import Guideline, GuidelineEdition, GuidelineStanding, GuidelineText
from portal.references.authored import Shelf
from portal.references.models import Address


class WithdrawnRecord(Record):
    since: dt.date  # not “on”, which YAML reads as “true”
    because: Text


class GuidelineRecord(Record):
    title: str
    edition: int
    effective_on: dt.date
    summary: str
    topics: list[str] = []
    elements: list[str] = []
    main_element: str = ""
    jurisdictions: list[Slug] = []
    changes: str = ""
    as_of: dt.date | None = None
    sources: list[Source] = []
    to_check: list[Text] = []
    cites: list[Cite] = []
    withdrawn: WithdrawnRecord | None = None
    superseded_by: KeyText | None = None
    body: str


class GuidelineTranslation(Record):
    title: str
    edition: int
    summary: str
    changes: str = ""
    to_check: list[Text] = []
    body: str


def slug_of(loaded: Loaded) -> str:
    return PurePosixPath(loaded.path).stem.partition(".")[0]


def kept_number(loaded: Loaded) -> str:
    """The number in the name of a file that keeps an earlier edition; "" for the newest."""
    return PurePosixPath(loaded.path).stem.partition(".")[2]


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
    if kept_number(loaded):
        return
    slug = slug_of(loaded)
    withdrawn = loaded.record.withdrawn
    yield Address(
        key=f"guide/{slug}",
        kind="guideline",
        title=i18n(titles(loaded)),
        gist=i18n(summaries(loaded)),
        route="guidance:guideline",
        arguments={"slug": slug},
        dated=True,
        withdrawn_on=withdrawn.since if withdrawn else None,
    )


def citing(loaded: Loaded) -> Iterable[Citing]:
    record: GuidelineRecord = loaded.record
    texts: list[tuple[Loc, Any]] = [(("body",), record.body)]
    texts += [((code, "body"), text.body) for code, text in loaded.translations.items()]
    named: list[tuple[Loc, str, str]] = [
        (("jurisdictions", number), f"jurisdiction/{code}", "see-also")
        for number, code in enumerate(record.jurisdictions)
    ]
    if record.superseded_by:
        named.append((("superseded_by",), record.superseded_by, "see-also"))
    yield Citing(f"guide/{slug_of(loaded)}", version=str(record.edition), texts=texts, keys=named).cites(
        ("cites",), record.cites
    )


def values(loaded: Loaded) -> Iterable[tuple[Loc, str, str]]:
    for group in ("topics", "elements"):
        for number, value in enumerate(getattr(loaded.record, group)):
            yield (group, number), group, value
    if loaded.record.main_element:
        yield ("main_element",), "elements", loaded.record.main_element


def faults(loaded: Loaded) -> list[Refusal]:
    """What the front matter says against itself, its file's name or its translation."""
    record: GuidelineRecord = loaded.record
    found: list[tuple[Loc, str]] = []
    if kept_number(loaded) not in {"", str(record.edition)}:
        found.append((("edition",), f"the file's name says edition {kept_number(loaded)}"))
    if kept_number(loaded) and record.withdrawn:
        found.append((("withdrawn",), "withdrawal stands in the file of the newest edition"))
    if record.superseded_by and not record.withdrawn:
        found.append((("superseded_by",), "what is superseded is withdrawn: say on which day and because of what"))
    if record.superseded_by and record.superseded_by.partition("#")[0] == f"guide/{slug_of(loaded)}":
        found.append((("superseded_by",), "a guideline cannot be superseded by itself"))
    if record.withdrawn and not record.withdrawn.because.get("en"):
        found.append((("withdrawn", "because"), "a withdrawal needs a reason in English"))
    refused = [Refusal(loaded.path, loc, words) for loc, words in found]
    for code, text in loaded.translations.items():
        if text.edition > record.edition:
            words = f"there is no edition {text.edition} to translate; the newest is {record.edition}"
            refused.append(Refusal(loaded.path.removesuffix(".md") + f".{code}.md", ("edition",), words))
    return refused


def refusals(loaded: list[Loaded]) -> list[Refusal]:
    """A published edition is immutable: other words or another day need a higher number. Translations may come later,
    and may be mended: their history is kept."""
    published = {
        (text.edition.guideline.slug, text.edition.number): text
        for text in GuidelineText.objects.filter(language="en").select_related("edition__guideline")
    }
    found: list[Refusal] = []
    for file in loaded:
        record: GuidelineRecord = file.record
        text = published.get((slug_of(file), record.edition))
        if text is None:
            continue
        words = f"edition {record.edition} is published; a changed {{what}} needs edition {record.edition + 1}"
        if text.words != _words(record):
            found.append(Refusal(file.path, ("edition",), words.format(what="text") + " and a line in changes"))
        if text.edition.effective_on != record.effective_on:
            found.append(Refusal(file.path, ("effective_on",), words.format(what="day")))
    return found


def _words(text: GuidelineRecord | GuidelineTranslation) -> tuple[str, str, str, str]:
    return text.title, text.summary, text.body, text.changes


def apply(loaded: list[Loaded]) -> None:
    for file in sorted(loaded, key=lambda file: (slug_of(file), file.record.edition)):
        record: GuidelineRecord = file.record
        guideline, _ = Guideline.objects.get_or_create(slug=slug_of(file))
        if not kept_number(file):
            since = record.withdrawn.since if record.withdrawn else None
            _stand(guideline, since, record.withdrawn and record.withdrawn.because, record.superseded_by)
        edition = _edition(guideline, record)
        _show(edition, "en", record)
        for language, text in file.translations.items():
            rendered = guideline.editions.filter(number=text.edition).first()
            if rendered is not None:
                _show(rendered, language, text)


def _edition(guideline: Guideline, record: GuidelineRecord) -> GuidelineEdition:
    facts = {
        "effective_on": record.effective_on,
        "topics": record.topics,
        "elements": record.elements,
        "main_element": record.main_element,
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
    return edition


def _show(edition: GuidelineEdition, language: str, text: GuidelineRecord | GuidelineTranslation) -> None:
    """Show these words of an edition from now on; what was shown before is retired, not overwritten."""
    to_check = [_in(language, sentence) for sentence in text.to_check]
    shown = GuidelineText.objects.filter(edition=edition, language=language).first()
    if shown is not None and shown.words == _words(text) and shown.to_check == to_check:
        return
    now = timezone.now() if shown is not None or language != "en" else edition.published_at
    GuidelineText.objects.filter(edition=edition, language=language).update(retired_at=now)
    GuidelineText.objects.create(
        edition=edition,
        language=language,
        title=text.title,
        summary=text.summary,
        body=text.body,
        changes=text.changes,
        to_check=to_check,
        recorded_at=now,
    )


def _in(language: str, sentence: dict[str, str]) -> dict[str, str]:
    """A plain string in a file counts as English; in a translation it is in the language of the translation."""
    return {language: sentence["en"]} if set(sentence) == {"en"} else sentence


def _stand(guideline: Guideline, on: dt.date | None, because: object, superseded_by: str | None) -> None:
    """Set whether a guideline is withdrawn, and keep on record since when this site says so."""
    wanted = (on, as_dict(because or {}), superseded_by or "")
    said = (guideline.withdrawn_on, as_dict(guideline.withdrawn_because), guideline.superseded_by)
    if wanted == said:
        return
    facts = {"withdrawn_on": on, "withdrawn_because": i18n(because), "superseded_by": superseded_by or ""}
    for name, value in facts.items():
        setattr(guideline, name, value)
    guideline.save(update_fields=list(facts))
    GuidelineStanding.objects.create(guideline=guideline, **facts)


def withdraw(keys: set[str], on: dt.date) -> None:
    """The file is gone: withdrawn from today on, unless it was withdrawn before with its reason."""
    slugs = [key.partition("/")[2] for key in keys]
    for row in Guideline.objects.filter(slug__in=slugs):
        if row.withdrawn_on is None or row.withdrawn_on > on:
            _stand(row, on, row.withdrawn_because, row.superseded_by)


def changes(loaded: list[Loaded]) -> list[Change]:
    """One change for each new edition, and one for each withdrawal."""
    known = set(GuidelineEdition.objects.values_list("guideline__slug", "number"))
    withdrawn = dict(Guideline.objects.values_list("slug", "withdrawn_on"))
    found: list[Change] = []
    for file in loaded:
        slug, record = slug_of(file), file.record
        if (slug, record.edition) not in known:
            found.append(_change(file, "published" if record.edition == 1 else "changed", record.effective_on))
        if record.withdrawn and slug in withdrawn and withdrawn[slug] != record.withdrawn.since:
            found.append(_change(file, "withdrawn", record.withdrawn.since, record.withdrawn.because))
    return found


def _change(file: Loaded, what: str, effective_on: dt.date, summary: dict[str, str] | None = None) -> Change:
    return Change(
        key=f"guide/{slug_of(file)}",
        kind="guideline",
        what=what,
        version=f"withdrawn {effective_on}" if what == "withdrawn" else str(file.record.edition),
        title=titles(file),
        summary=summary or summaries(file),
        jurisdictions=tuple(file.record.jurisdictions),
        topics=tuple(file.record.topics),
        effective_on=effective_on,
    )


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
    faults=faults,
    changes=changes,
    values=values,
)
