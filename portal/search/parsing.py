"""What a person typed, as a question that both databases can be asked.

Words, “quoted phrases”, -excluded words and phrases, prefix*; what looks like a code is a prefix by itself. All
clauses must hold. A clause is a choice of options, an option is atoms that must hold together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from portal.search import tokens
from portal.search.tokens import Stream

LONGEST = 200
MOST_CLAUSES = 12
QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』＂", '"'))
PIECE = re.compile(r'(?P<minus>(?<!\S)[-－]?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
STOPPED = frozenset(
    re.findall(
        r"\w+",
        """a about all also an and any are as at be been but by can do does for from had has have how i if in into is it
        its may me my no not of on or our shall should so such than that the their them there these they this to under
        was we were what when where which who why will with would you your""",
    )
)


@dataclass(frozen=True, slots=True)
class Atom:
    """Tokens that follow one another in one stream; the last one may be the beginning of a token.

    `written` is what they stand for in a folded text: the run of characters, the code, or "" for words.
    """

    stream: Stream
    tokens: tuple[str, ...]
    prefix: bool = False
    written: str = ""


Option = tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One of the options must hold; none of them when `negative`. `fixed` clauses are taken at their word."""

    options: tuple[Option, ...]
    negative: bool = False
    fixed: bool = False
    stopped: bool = False


@dataclass(frozen=True)
class Question:
    """The clauses of what was typed, and what else is searched for in their stead."""

    clauses: tuple[Clause, ...] = ()
    also: tuple[str, ...] = ()
    any_of: bool = False

    @cached_property
    def positive(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.negative)

    @cached_property
    def negative(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.negative)

    @property
    def empty(self) -> bool:
        """Nothing to look for; what is only excluded finds nothing."""
        return not self.positive

    @property
    def atoms(self) -> list[Atom]:
        """All that is looked for, for ranking and highlighting."""
        return [atom for clause in self.positive for option in clause.options for atom in option]


def parse(typed: str) -> Question:
    """The question in what was typed. Any string is one; what has no words in it is an empty one."""
    clauses: list[Clause] = []
    for match in PIECE.finditer(typed[:LONGEST].translate(QUOTES)):
        negative = bool(match["minus"])
        if match["phrase"] is not None:
            clauses += _together(_phrase(tokens.fold(match["phrase"])), negative=negative)
        else:
            clauses += _word(match["word"], negative=negative)
    clauses = clauses[:MOST_CLAUSES]
    telling = [clause for clause in clauses if not clause.stopped]
    return Question(tuple(telling if any(not clause.negative for clause in telling) else clauses))


def _together(atoms: Iterable[Atom], *, negative: bool) -> list[Clause]:
    """One clause of a quoted phrase: all its atoms, taken at their word."""
    option = tuple(atoms)
    return [Clause((option,), negative=negative, fixed=True)] if option else []


def _phrase(folded: str) -> list[Atom]:
    """The atoms of a quoted phrase: its words in their order, and each run of Chinese characters."""
    atoms: list[Atom] = []
    stems: list[str] = []
    for chunk in tokens.chunks(folded):
        if chunk.han:
            atoms += [_words(stems)] if stems else []
            stems = []
            atoms.append(_run(chunk.text))
        else:
            stems += tokens.stems(chunk.text)
    return atoms + ([_words(stems)] if stems else [])


def _word(word: str, *, negative: bool) -> list[Clause]:
    """The clauses of what stands between two spaces; several where Chinese and Latin meet in it."""
    folded = tokens.fold(word)
    starred = folded.endswith("*")
    found = list(tokens.chunks(folded))
    clauses = [_clause(chunk, starred=starred and chunk is found[-1]) for chunk in found]
    if negative:
        atoms = tuple(atom for clause in clauses for atom in clause.options[0])
        return [Clause((atoms,), negative=True, fixed=True)] if atoms else []
    return clauses


def _clause(chunk: tokens.Chunk, *, starred: bool) -> Clause:
    if chunk.han:
        return Clause(((_run(chunk.text),),))
    if chunk.code:
        return Clause(((Atom("exact", (chunk.code,), prefix=True, written=chunk.code),),))
    stems = tokens.stems(chunk.text)
    option: Option = (_words(stems, prefix=starred),)
    if "-" in chunk.text or "/" in chunk.text:
        key = chunk.text.removesuffix("'s")
        return Clause((option, (Atom("exact", (key,), prefix=True, written=key),)))
    return Clause((option,), stopped=chunk.text in STOPPED and not starred)


def _run(run: str) -> Atom:
    return Atom("exact", tokens.pairs(run), prefix=len(run) == 1, written=run)


def _words(stems: list[str], *, prefix: bool = False) -> Atom:
    return Atom("words", tuple(stems), prefix=prefix)


# --- Synonyms ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Synonym:
    """A term in the two languages, each with the spellings under which it is known."""

    english: str
    chinese: str


def spellings(term: str) -> list[str]:
    """`end use / end-use (EU)` -> the ways of writing it, without what stands in brackets."""
    bare = re.sub(r"[（(\[].*?[）)\]]", " ", term)
    return [part.strip() for part in re.split(r"[/;；、]| or |或者", bare) if part.strip()]


def widen(question: Question, synonyms: Iterable[Synonym]) -> Question:
    """The question with the other language's word for each glossary term in it; quoted phrases stay as they are."""
    english, chinese = _glossary(synonyms)
    clauses, also, at = list(question.clauses), [], 0
    while at < len(clauses):
        for length in range(min(len(clauses) - at, 6), 0, -1):
            stretch = clauses[at : at + length]
            others = _translated(stretch, english, chinese)
            if others:
                option = tuple(clause.options[0][0] for clause in stretch)
                own = stretch[0].options if length == 1 else (option,)
                added = tuple(tuple(_phrase(tokens.fold(other))) for other in others)
                clauses[at : at + length] = [Clause((*own, *added))]
                also += others
                break
        at += 1
    return replace(question, clauses=tuple(clauses), also=tuple(dict.fromkeys(also)))


def _glossary(synonyms: Iterable[Synonym]) -> tuple[dict[tuple[str, ...], list[str]], dict[str, list[str]]]:
    english: dict[tuple[str, ...], list[str]] = {}
    chinese: dict[str, list[str]] = {}
    for synonym in synonyms:
        ours, theirs = spellings(synonym.english), spellings(synonym.chinese)
        for words in ours:
            english.setdefault(tuple(tokens.stems(tokens.fold(words))), []).extend(theirs)
        for words in theirs:
            chinese.setdefault(tokens.fold(words), []).extend(ours)
    return english, chinese


def _translated(
    stretch: list[Clause], english: dict[tuple[str, ...], list[str]], chinese: dict[str, list[str]]
) -> list[str]:
    """The other language's words for these neighbouring clauses together; none where they are no term."""
    if any(clause.negative or clause.fixed or clause.options[0][0].prefix for clause in stretch):
        return []
    first = stretch[0].options[0][0]
    if first.stream == "exact":
        return chinese.get(first.written, []) if len(stretch) == 1 else []
    if any(clause.options[0][0].stream != "words" for clause in stretch):
        return []
    return english.get(tuple(token for clause in stretch for token in clause.options[0][0].tokens), [])


# --- When nothing has all of it --------------------------------------------------------------------------------------


def loosened(question: Question) -> Question | None:
    """Pages that have some of it: any clause, long Chinese runs cut in pairs. None where a phrase was quoted, or
    where there is nothing to take apart."""
    if any(clause.fixed for clause in question.positive):
        return None
    parts: list[Clause] = []
    for clause in question.positive:
        atom = clause.options[0][0]
        if atom.stream == "exact" and len(atom.tokens) > 1 and len(clause.options[0]) == 1:
            runs = [atom.written[at : at + 2] for at in range(len(atom.written) - 1)]
            parts += [Clause(((_run(run),),)) for run in runs]
        else:
            parts.append(clause)
    if len(parts) < 2:
        return None
    return Question((*parts, *question.negative), also=question.also, any_of=True)


def beginning(typed: str) -> Question:
    """The question of somebody who is still typing: the last word may be only begun."""
    question = parse(typed)
    if question.empty:
        return question
    *before, last = question.clauses
    if last.negative or typed[-1:].isspace():
        return question
    options = tuple(
        (*option[:-1], replace(option[-1], prefix=True)) if option[-1].stream == "words" else option
        for option in last.options
    )
    return replace(question, clauses=(*before, replace(last, options=options, stopped=False)))
