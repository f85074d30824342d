"""Results: scores of the whole, of sections and of a framework's elements; gaps and what helps with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.assessments.models import Assessment, Element, QuestionRequirement, State
from portal.assessments.queries.sheets import Line, SectionSheet, Sheet, sheet
from portal.assessments.scoring import Part, Score, gaps, score
from portal.cases.models import Case, CaseLabel, Facet
from portal.guidance.models import GuidelineEdition
from portal.organisations.models import Organisation
from portal.references.models import Address
from portal.references.queries import addresses

CASES_PER_GAP = 2


@dataclass(frozen=True, slots=True)
class ElementScore:
    """The score of one element of a framework, from the questions that assess its requirements."""

    element: Element
    score: Score
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class SectionScore:
    sheet: SectionSheet
    score: Score


@dataclass(slots=True)
class Cause:
    """What helps with a gap: the guideline, and cases in which the same element of a programme failed."""

    guideline: Address | None = None
    cases: list[Case] = field(default_factory=list)


@dataclass(slots=True)
class Gap:
    """A question that is not fully in place."""

    line: Line
    part: Part
    section: SectionSheet
    cause: Cause = field(default_factory=Cause)


@dataclass(slots=True)
class Result:
    sheet: Sheet
    total: Score
    sections: list[SectionScore]
    elements: list[ElementScore]
    gaps: list[Gap]


def result(made: Sheet) -> Result:
    """The scores of a sheet. One query more than the sheet's."""
    parts = {line.question.label: line.part for line in made.lines}
    sections = [
        SectionScore(below, score(parts[line.question.label] for line in below.lines)) for below in made.sections
    ]
    places = {line.question.label: (line, below) for below in made.sections for line in below.lines}
    found = [Gap(places[gap.label][0], gap, places[gap.label][1]) for gap in gaps(parts.values())]
    return Result(made, score(parts.values()), sections, _elements(made, parts), found)


def _elements(made: Sheet, parts: dict[str, Part]) -> list[ElementScore]:
    """A question counts once for each element of which it assesses a requirement."""
    rows = QuestionRequirement.objects.filter(question__version=made.version)
    rows = rows.select_related("question", "requirement__element__version")
    elements: dict[int, Element] = {}
    labels: dict[int, dict[str, None]] = {}
    for row in rows.order_by("question__position"):
        element = row.requirement.element
        elements[element.pk] = element
        if row.question.label in parts:
            labels.setdefault(element.pk, {})[row.question.label] = None
    ordered = sorted(elements.values(), key=lambda element: (element.version_id, element.position))
    return [
        ElementScore(element, score(parts[label] for label in labels.get(element.pk, {})), made.assessment)
        for element in ordered
    ]


def helped(found: list[Gap]) -> list[Gap]:
    """The gaps with guideline and cases filled in. At most four queries, whatever the number of gaps."""
    keys = {_guideline(gap) for gap in found} - {""}
    book = addresses(keys)
    cases = _cases(_elements_of(keys))
    for gap in found:
        key = _guideline(gap)
        gap.cause = Cause(book.get(key), cases.get(key, [])[:CASES_PER_GAP])
    return found


def _guideline(gap: Gap) -> str:
    return gap.line.question.guideline.partition("#")[0]


def _elements_of(keys: Iterable[str]) -> dict[str, list[str]]:
    """Guideline key -> the elements of a programme that it is about, in its newest edition."""
    slugs = [key.partition("/")[2] for key in keys]
    rows = GuidelineEdition.objects.filter(guideline__slug__in=slugs).order_by("number")
    return {f"guide/{slug}": elements for slug, elements in rows.values_list("guideline__slug", "elements")}


def _cases(elements: dict[str, list[str]]) -> dict[str, list[Case]]:
    """Guideline key -> cases that failed its first element, newest first."""
    first = {key: values[0] for key, values in elements.items() if values}
    rows = (
        CaseLabel.objects.filter(facet=Facet.ELEMENT, value__in=set(first.values()), case__withdrawn_on=None)
        .select_related("case")
        .only("value", "case__slug", "case__title", "case__date", "case__sort_date")
    )
    by_element: dict[str, list[Case]] = {}
    for row in rows.order_by("-case__sort_date", "case__slug"):
        by_element.setdefault(row.value, []).append(row.case)
    return {key: by_element.get(value, []) for key, value in first.items()}


def weakest_elements(organisation: Organisation, limit: int = 3) -> list[ElementScore]:
    """Where a firm is weakest, by its newest approved assessment, else by the newest that was begun. Seven queries.

    Sorted by what could be reached at best, then at worst; elements without a number are left out.
    """
    rows = Assessment.objects.filter(organisation=organisation).exclude(state=State.DRAFT)
    rows = rows.select_related("questionnaire_version__questionnaire", "organisation")
    newest = sorted(rows.order_by("-started_at"), key=lambda row: row.state not in {State.APPROVED, State.CLOSED})
    if not newest:
        return []
    made = result(sheet(newest[0].questionnaire_version, assessment=newest[0]))
    known = [row for row in made.elements if row.score.high is not None]
    return sorted(known, key=lambda row: (row.score.high or 0, row.score.low or 0))[:limit]
