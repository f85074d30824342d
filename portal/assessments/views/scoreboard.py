"""The numbers of a result as the result pages show them."""

from typing import Any

from portal.assessments.presenting import bar, radar, shown, words_of
from portal.assessments.queries import Result, helped


def scoreboard(result: Result) -> dict[str, Any]:
    """Total, elements and sections with their words and charts; gaps with what helps. Four queries at most."""
    elements = [(row.element, shown(row.score)) for row in result.elements]
    sections = [(row.sheet, shown(row.score)) for row in result.sections]
    spokes = [
        (f"{element.label.upper()}", told.low or 0, told.high or 0)
        for element, told in elements
        if told.low is not None
    ]
    return {
        "total": shown(result.total),
        "total_bar": bar(shown(result.total).low, shown(result.total).high),
        "elements": [(element, told, bar(told.low, told.high)) for element, told in elements],
        "sections": [(row, told, bar(told.low, told.high)) for row, told in sections if told.low is not None],
        "radar": radar(spokes),
        "framework": result.elements[0].element.version if result.elements else None,
        "gaps": [(gap, words_of(gap.line)) for gap in helped(result.gaps)],
        "unanswered": len(result.sheet.unanswered),
    }
