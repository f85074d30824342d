"""How well an entry answers, from its tokens: the same number on every database. Pure."""

from portal.search import tokens
from portal.search.parsing import Atom, Option, Question

TITLE, WHOLE_TITLE, USUAL_LENGTH = 3.0, 2.0, 250


def score(question: Question, stream: str, weight: float) -> float:
    """More for each clause that is met, for words in the title and for a title of little else; then by weight."""
    if not question.positive:
        return weight
    text = f" {stream} "
    size = 0.4 + 0.6 * text.count(" ") / USUAL_LENGTH
    titled = max(1, text.count(f" {tokens.TITLE}"))
    worth = sum(max(_option(option, text, size, titled) for option in clause.options) for clause in question.positive)
    return round(worth / len(question.positive) * weight, 6)


def _option(option: Option, text: str, size: float, titled: int) -> float:
    """The least of its atoms: all of them must be there."""
    return min(_atom(atom, text, size, titled) for atom in option)


def _atom(atom: Atom, text: str, size: float, titled: int) -> float:
    times = text.count(needle(atom))
    if not times:
        return 0.0
    in_title = TITLE + WHOLE_TITLE * min(1.0, len(atom.tokens) / titled) if needle(atom, tokens.TITLE) in text else 0.0
    return times / (times + size) + in_title


def needle(atom: Atom, mark: str = "") -> str:
    """An atom as it stands in a stream with a space before and after it."""
    stream = tokens.EXACT if atom.stream == "exact" else ""
    written = " ".join(f"{mark}{stream}{token}" for token in atom.tokens)
    return f" {written}" if atom.prefix else f" {written} "
