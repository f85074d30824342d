"""What differs between two states of a text that is made of keyed parts, such as the provisions of a law. No Django.

`compare` never lays one whole text against the other: parts are matched by key and by digest, the paragraphs of a
changed part are aligned next, and only then the words of paragraphs that belong together. Every step is bounded, so
that a text without any likeness costs little more than one read of it (docs/decisions/0022-redline.md).
"""

from portal.guidance.redline.parts import Change, Line, Part, compare, new_parts, old_parts
from portal.guidance.redline.texts import Effort, Op, Paragraph, Piece, differing, new_text, old_text

__all__ = [
    "Change",
    "Effort",
    "Line",
    "Op",
    "Paragraph",
    "Part",
    "Piece",
    "compare",
    "differing",
    "new_parts",
    "new_text",
    "old_parts",
    "old_text",
]
