"""Two editions of a guideline compared: their words, section by section."""

from dataclasses import dataclass

from portal.core import markdown
from portal.core.texts import LANGUAGE_CODES, other_language
from portal.guidance.models import GuidelineEdition, GuidelineText
from portal.guidance.redline import Change, Line, Part, compare
from portal.references.queries import addresses
from portal.references.rendering import linker


@dataclass(frozen=True, slots=True)
class Compared:
    """The redline of two editions in a language that both have; `language` is "" where there is none."""

    language: str
    wanted: str
    other: bool  # whether both are there in the other language too
    lines: list[Line]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.change is not Change.UNCHANGED]


def compare_editions(before: GuidelineEdition, after: GuidelineEdition, language: str) -> Compared:
    """The redline in this language, else in the other. The words are compared, not links or type. One query."""
    old = {text.language: text for text in before.texts.all()}
    new = {text.language: text for text in after.texts.all()}
    both = [code for code in LANGUAGE_CODES if code in old and code in new]
    if not both:
        return Compared("", language, False, [])
    chosen = language if language in both else both[0]
    was, is_now = _parts(old[chosen], new[chosen])
    lines = compare(was, is_now)
    return Compared(chosen, language, other_language(chosen) in both, lines)


def _parts(*texts: GuidelineText) -> list[list[Part]]:
    """Each text as its sections: the title with the summary first, then what stands under each heading."""
    book = addresses({key for text in texts for key, _line in markdown.citations(text.body)})
    cite = linker(book)

    def words(source: str) -> list[str]:
        return markdown.paragraphs(source, cite=cite)

    found = []
    for text in texts:
        (_id, _heading, lead), *below = markdown.sections(text.body)
        top = Part("top", text.title, "\n".join([text.summary, *words(lead)]))
        found.append([top, *(Part(key, heading, "\n".join(words(source))) for key, heading, source in below)])
    return found
