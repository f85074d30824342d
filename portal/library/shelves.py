"""All kinds of authored files, in the order in which they are applied: what is cited by keys comes first."""

from portal.assessments import importing as assessments
from portal.cases import importing as cases
from portal.controls import importing as controls
from portal.courses import importing as courses
from portal.guidance import importing as guidance
from portal.references import importing as references
from portal.references.authored import Shelf

SHELVES: list[Shelf] = [
    references.SHELF,
    *controls.SHELVES,
    *guidance.SHELVES,
    *cases.SHELVES,
    *courses.SHELVES,
    *assessments.SHELVES,
]
