"""content/assessments/questionnaires -> questionnaires, versions, sections, questions, options."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from django.utils import timezone
from pydantic import Field, model_validator

from portal.assessments.importing.versions import digest, refuse
from portal.assessments.models import (
    NOT_APPLICABLE,
    FrameworkVersion,
    Option,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    QuestionRequirement,
    Requirement,
    Section,
)
from portal.core import markdown
from portal.core.authored import Cite, Citing, KeyText, Loaded, Loc, Record, Refusal, Slug, Text
from portal.core.signals import Change
from portal.core.texts import i18n
from portal.references.authored import Shelf
from portal.references.models import Address

ROLE = "tests"


class OptionRecord(Record):
    label: Slug
    text: Text
    score: Annotated[Decimal, Field(ge=0, le=1)] | None = None


class QuestionRecord(Record):
    label: Slug
    type: Literal["scale", "single", "multiple", "number", "date", "text"]
    text: Text
    help: Text = {}
    why: Text = {}
    assesses: list[KeyText] = []
    cites: list[Cite] = []
    guideline: KeyText | None = None
    evidence: Text = {}
    action: Text = {}
    weight: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(1)
    options: list[OptionRecord] = []

    @model_validator(mode="after")
    def _options_fit(self) -> Self:
        labels = [option.label for option in self.options]
        if (self.type in {"single", "multiple"}) != bool(labels):
            raise ValueError("questions of the types single and multiple have options, others have none")
        if len(labels) != len(set(labels)) or NOT_APPLICABLE in labels:
            raise ValueError(f"option labels differ from each other, and none is {NOT_APPLICABLE}")
        if self.type not in {"scale", "single", "multiple"} and self.weight and "weight" in self.model_fields_set:
            raise ValueError(f"a question of the type {self.type} is not scored: leave the weight out")
        return self


class SectionRecord(Record):
    label: Slug
    title: Text
    intro: Text = {}
    questions: list[QuestionRecord]


class QuestionnaireRecord(Record):
    slug: Slug
    version: int
    title: Text
    summary: Text = {}
    minutes: int = 0
    public: bool = False
    frameworks: list[KeyText] = []
    sections: list[SectionRecord]

    @property
    def key(self) -> str:
        return f"q/{self.slug}"

    def placed(self) -> Iterator[tuple[Loc, SectionRecord, QuestionRecord]]:
        """Every question with its section and its place in the file, in order."""
        for number, section in enumerate(self.sections):
            for place, question in enumerate(section.questions):
                yield ("sections", number, "questions", place), section, question


def addresses(loaded: Loaded) -> Iterable[Address]:
    row: QuestionnaireRecord = loaded.record
    page = {"route": "assessments:questionnaire", "arguments": {"slug": row.slug}}
    yield Address(key=row.key, kind="questionnaire", title=i18n(row.title), gist=i18n(row.summary), **page)
    for _, _, question in row.placed():
        yield Address(
            key=f"{row.key}/{question.label}",
            kind="question",
            title=i18n(question.text),
            gist=i18n(question.help),
            fragment=question.label,
            **page,
        )


def citing(loaded: Loaded) -> Iterable[Citing]:
    row: QuestionnaireRecord = loaded.record
    version = str(row.version)
    texts: list[tuple[Loc, dict[str, str] | str]] = [(("summary",), row.summary)]
    texts += [(("sections", number, "intro"), section.intro) for number, section in enumerate(row.sections)]
    yield Citing(row.key, version=version, role="implements", texts=texts).also(("frameworks",), row.frameworks)
    for at, _, question in row.placed():
        named = Citing(f"{row.key}/{question.label}", version=version, role=ROLE)
        named.texts += [((*at, name), getattr(question, name)) for name in ("help", "why", "evidence", "action")]
        named.also((*at, "assesses"), question.assesses, "implements").cites((*at, "cites"), question.cites)
        if question.guideline:
            named.keys.append(((*at, "guideline"), question.guideline, "see-also"))
        yield named


def refusals(loaded: list[Loaded]) -> list[Refusal]:
    """A version that an assessment uses asks the same for ever; what it assesses must be in its frameworks."""
    newest = dict(Questionnaire.objects.exclude(current=None).values_list("slug", "current__number"))
    rows = QuestionnaireVersion.objects.filter(assessments__isnull=False).distinct().select_related("questionnaire")
    used = {(row.questionnaire.slug, row.number): row.digest for row in rows}
    found: list[Refusal] = []
    for file in loaded:
        refusal = refuse(file, newest.get(file.record.slug), used)
        found += [refusal] if refusal else _outside(file)
    return found


def _outside(file: Loaded) -> list[Refusal]:
    row: QuestionnaireRecord = file.record
    words = "“{}” is not in one of the questionnaire's frameworks"
    return [
        Refusal(file.path, (*at, "assesses", place), words.format(key))
        for at, _, question in row.placed()
        for place, key in enumerate(question.assesses)
        if not any(key.startswith(f"{framework}/") for framework in row.frameworks)
    ]


def apply(loaded: list[Loaded]) -> None:
    for file in loaded:
        record: QuestionnaireRecord = file.record
        questionnaire, _ = Questionnaire.objects.update_or_create(slug=record.slug, defaults={"withdrawn_on": None})
        version = _version(questionnaire, record)
        if questionnaire.current_id != version.pk:
            questionnaire.current = version
            questionnaire.save(update_fields=["current"])


def _version(questionnaire: Questionnaire, record: QuestionnaireRecord) -> QuestionnaireVersion:
    """The version's row with everything below it. One that is in use is the same already, and stays untouched."""
    known = QuestionnaireVersion.objects.filter(questionnaire=questionnaire, number=record.version).first()
    if known is not None and known.assessments.exists():
        return known
    facts = {
        "digest": digest(record),
        "title": i18n(record.title),
        "summary": i18n(record.summary),
        "minutes": record.minutes,
        "public": record.public,
    }
    version, _ = QuestionnaireVersion.objects.update_or_create(
        questionnaire=questionnaire,
        number=record.version,
        defaults=facts,
        create_defaults={**facts, "published_at": timezone.now()},
    )
    slugs = [key.partition("/")[2] for key in record.frameworks]
    version.frameworks.set(FrameworkVersion.objects.filter(current_of__slug__in=slugs))
    version.sections.all().delete()
    _write_questions(version, record)
    return version


def _write_questions(version: QuestionnaireVersion, record: QuestionnaireRecord) -> None:
    sections = Section.objects.bulk_create(
        Section(version=version, label=row.label, title=i18n(row.title), intro=i18n(row.intro), position=position)
        for position, row in enumerate(record.sections)
    )
    by_label = {section.label: section for section in sections}
    placed = list(record.placed())
    questions = Question.objects.bulk_create(
        _question(version, by_label[section.label], f"{record.key}/{row.label}", row, position)
        for position, (_, section, row) in enumerate(placed)
    )
    rows = list(zip(questions, (row for _, _, row in placed), strict=True))
    Option.objects.bulk_create(
        Option(question=question, label=option.label, text=i18n(option.text), score=option.score, position=position)
        for question, row in rows
        for position, option in enumerate(row.options)
    )
    wanted = {key for row in (row for _, row in rows) for key in row.assesses}
    requirements = Requirement.objects.filter(version__in=version.frameworks.all(), key__in=wanted)
    ids = dict(requirements.values_list("key", "pk"))
    QuestionRequirement.objects.bulk_create(
        QuestionRequirement(question=question, requirement_id=ids[key])
        for question, row in rows
        for key in dict.fromkeys(row.assesses)
    )


def _question(
    version: QuestionnaireVersion, section: Section, key: str, row: QuestionRecord, position: int
) -> Question:
    scored = row.type in {"scale", "single", "multiple"}
    return Question(
        version=version,
        section=section,
        label=row.label,
        key=key,
        digest=digest(row),
        type=row.type,
        text=i18n(row.text),
        help=i18n(row.help),
        why=i18n(row.why),
        cites=[cite.key for cite in row.cites],
        guideline=row.guideline or "",
        evidence=i18n(row.evidence),
        action=i18n(row.action),
        weight=row.weight if scored else Decimal(0),
        position=position,
    )


def withdraw(keys: set[str], on: dt.date) -> None:
    slugs = [key.partition("/")[2] for key in keys]
    Questionnaire.objects.filter(slug__in=slugs, withdrawn_on=None).update(withdrawn_on=on)


def changes(loaded: list[Loaded]) -> list[Change]:
    """One change for each new version."""
    known = set(QuestionnaireVersion.objects.values_list("questionnaire__slug", "number"))
    return [
        Change(
            key=file.record.key,
            kind="questionnaire",
            what="published" if file.record.version == 1 else "changed",
            version=str(file.record.version),
            title=file.record.title,
            summary={code: markdown.plain(words) for code, words in file.record.summary.items()},
        )
        for file in loaded
        if (file.record.slug, file.record.version) not in known
    ]


SHELF = Shelf(
    name="questionnaires",
    pattern="assessments/questionnaires/*.yaml",
    record=QuestionnaireRecord,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
    refusals=refusals,
    changes=changes,
)
