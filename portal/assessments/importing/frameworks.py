"""content/assessments/frameworks -> frameworks, versions, elements, requirements."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from portal.assessments.importing.versions import digest, refuse
from portal.assessments.models import Element, Framework, FrameworkVersion, Requirement
from portal.core import markdown
from portal.core.authored import Citing, Loaded, Record, Refusal, Slug, SourcedRecord, Text
from portal.core.signals import Change
from portal.core.texts import i18n
from portal.references.authored import Shelf
from portal.references.models import Address


class RequirementRecord(Record):
    label: Slug
    text: Text


class ElementRecord(Record):
    label: Slug
    title: Text
    aim: Text = {}
    evidence: list[Text] = []
    our_reading: bool = False
    requirements: list[RequirementRecord] = []


class FrameworkRecord(SourcedRecord):
    slug: Slug
    version: int
    title: Text
    short: Text = {}
    citation: str = ""
    jurisdiction: Slug | None = None
    authority: Slug | None = None
    legal_status: Text = {}
    elements: list[ElementRecord]

    @property
    def key(self) -> str:
        return f"icp/{self.slug}"


def addresses(loaded: Loaded) -> Iterable[Address]:
    row: FrameworkRecord = loaded.record
    page = {"route": "assessments:framework", "arguments": {"slug": row.slug}}
    yield Address(key=row.key, kind="framework", title=i18n(row.title), gist=i18n(row.legal_status), **page)
    for element in row.elements:
        yield Address(
            key=f"{row.key}/{element.label}",
            kind="element",
            title=i18n(element.title),
            gist=i18n(element.aim),
            fragment=element.label,
            **page,
        )
        for requirement in element.requirements:
            yield Address(
                key=f"{row.key}/{requirement.label}",
                kind="requirement",
                title=i18n(requirement.text),
                fragment=requirement.label,
                **page,
            )


def citing(loaded: Loaded) -> Iterable[Citing]:
    row: FrameworkRecord = loaded.record
    version = str(row.version)
    whole = Citing(row.key, version=version, texts=[(("legal_status",), row.legal_status)])
    if row.jurisdiction:
        whole.keys.append((("jurisdiction",), f"jurisdiction/{row.jurisdiction}", "see-also"))
    if row.authority:
        whole.keys.append((("authority",), f"authority/{row.authority}", "see-also"))
    yield whole
    for number, element in enumerate(row.elements):
        at = ("elements", number)
        named = Citing(f"{row.key}/{element.label}", version=version, texts=[((*at, "aim"), element.aim)])
        named.texts += [((*at, "evidence", place), text) for place, text in enumerate(element.evidence)]
        yield named
        for place, requirement in enumerate(element.requirements):
            where = (*at, "requirements", place, "text")
            yield Citing(f"{row.key}/{requirement.label}", version=version, texts=[(where, requirement.text)])


def refusals(loaded: list[Loaded]) -> list[Refusal]:
    """A version on which an assessment rests, through its questionnaire, says the same for ever."""
    newest = dict(Framework.objects.exclude(current=None).values_list("slug", "current__number"))
    rows = FrameworkVersion.objects.filter(questionnaire_versions__assessments__isnull=False).distinct()
    used = {(row.framework.slug, row.number): row.digest for row in rows.select_related("framework")}
    found = (refuse(file, newest.get(file.record.slug), used) for file in loaded)
    return [refusal for refusal in found if refusal is not None]


def apply(loaded: list[Loaded]) -> None:
    for file in loaded:
        record: FrameworkRecord = file.record
        framework, _ = Framework.objects.update_or_create(slug=record.slug, defaults={"withdrawn_on": None})
        version = _version(framework, record)
        if framework.current_id != version.pk:
            framework.current = version
            framework.save(update_fields=["current"])


def _version(framework: Framework, record: FrameworkRecord) -> FrameworkVersion:
    """The version's row, brought to what the record says. Rows are kept by label: questions point at them."""
    said = digest(record)
    facts = {
        "digest": said,
        "title": i18n(record.title),
        "short": i18n(record.short),
        "citation": record.citation,
        "jurisdiction": record.jurisdiction or "",
        "authority": record.authority or "",
        "legal_status": i18n(record.legal_status),
        **record.sourced(),
    }
    known = FrameworkVersion.objects.filter(framework=framework, number=record.version).first()
    if known is not None and known.digest == said:
        return known
    version, _ = FrameworkVersion.objects.update_or_create(
        framework=framework,
        number=record.version,
        defaults=facts,
        create_defaults={**facts, "published_at": timezone.now()},
    )
    _write_elements(version, record)
    return version


def _write_elements(version: FrameworkVersion, record: FrameworkRecord) -> None:
    elements = [
        Element(
            version=version,
            key=f"{record.key}/{element.label}",
            label=element.label,
            title=i18n(element.title),
            aim=i18n(element.aim),
            evidence=element.evidence,
            our_reading=element.our_reading,
            position=position,
        )
        for position, element in enumerate(record.elements)
    ]
    columns = ["key", "title", "aim", "evidence", "our_reading", "position"]
    Element.objects.bulk_create(
        elements, update_conflicts=True, unique_fields=["version", "label"], update_fields=columns
    )
    ids = dict(Element.objects.filter(version=version).values_list("label", "pk"))
    pairs = [(ids[element.label], requirement) for element in record.elements for requirement in element.requirements]
    Requirement.objects.bulk_create(
        [
            Requirement(
                version=version,
                element_id=element_id,
                key=f"{record.key}/{requirement.label}",
                label=requirement.label,
                text=i18n(requirement.text),
                position=position,
            )
            for position, (element_id, requirement) in enumerate(pairs)
        ],
        update_conflicts=True,
        unique_fields=["version", "label"],
        update_fields=["element", "key", "text", "position"],
    )
    kept = [requirement.label for _, requirement in pairs]
    Requirement.objects.filter(version=version).exclude(label__in=kept).delete()
    Element.objects.filter(version=version).exclude(label__in=[element.label for element in record.elements]).delete()


def withdraw(keys: set[str], on: dt.date) -> None:
    slugs = [key.partition("/")[2] for key in keys]
    Framework.objects.filter(slug__in=slugs, withdrawn_on=None).update(withdrawn_on=on)


def changes(loaded: list[Loaded]) -> list[Change]:
    """One change for each new version."""
    known = set(FrameworkVersion.objects.values_list("framework__slug", "number"))
    return [
        Change(
            key=file.record.key,
            kind="framework",
            what="published" if file.record.version == 1 else "changed",
            version=str(file.record.version),
            title=file.record.title,
            summary={code: markdown.plain(words) for code, words in file.record.legal_status.items()},
            jurisdictions=(file.record.jurisdiction,) if file.record.jurisdiction else (),
        )
        for file in loaded
        if (file.record.slug, file.record.version) not in known
    ]


SHELF = Shelf(
    name="frameworks",
    pattern="assessments/frameworks/*.yaml",
    record=FrameworkRecord,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
    refusals=refusals,
    changes=changes,
)
