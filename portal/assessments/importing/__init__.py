"""content/assessments -> frameworks and questionnaires, in versions that never change once somebody relies on them."""

from portal.assessments.importing import frameworks, questionnaires

SHELVES = [frameworks.SHELF, questionnaires.SHELF]
