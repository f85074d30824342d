"""What a person typed, as a question that both databases can be asked.

Words, “quoted phrases”, -excluded words and phrases (also NOT), one OR another, prefix*, fields (`kind:case`); what
looks like a code is a prefix by itself, and articles are found by number and key. All clauses must hold. A clause is
a choice of options, an option is atoms that must hold together.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from portal.references import keys as key_rules
from portal.search import numbering, tokens
from portal.search.fields import Fields
from portal.search.filters import ALL, ALWAYS, Dates, Filters
from portal.search.tokens import Stream

LONGEST = 200
MOST_CLAUSES = 12
QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』＂", '"'))
ARTICLE_APART = re.compile(r"第\s*([0-9０-９]{1,4})\s*条")
ARTICLE = re.compile(r"第([1-9]\d{0,3})条")
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
    filters: Filters = ALL
    dates: Dates = ALWAYS

    @cached_property
    def positive(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.negative)

    @cached_property
    def negative(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.negative)

    @property
    def empty(self) -> bool:
        """Nothing to look for; what is only excluded finds nothing."""
        return not self.positive and not self.narrows

    @property
    def narrows(self) -> bool:
        """Whether field words stand in it."""
        return bool(self.filters) or self.dates != ALWAYS

    @property
    def atoms(self) -> list[Atom]:
        """All that is looked for, for ranking and highlighting."""
        return [atom for clause in self.positive for option in clause.options for atom in option]


def parse(typed: str) -> Question:
    """The question in what was typed. Any string is one; what has no words in it is an empty one."""
    clauses: list[Clause] = []
    fields = Fields()
    negative = either = False
    for piece in _pieces(typed[:LONGEST].translate(QUOTES)):
        if piece.text in OPERATORS and not piece.quoted:
            negative, either = negative or piece.text == "NOT", piece.text == "OR" and bool(clauses)
            continue
        found = [] if not (piece.quoted or piece.minus) and fields.take(piece.folded) else _clauses(piece, negative)
        clauses = _either(clauses, found) if either and found else clauses + found
        negative = either = False
    clauses = clauses[:MOST_CLAUSES]
    telling = [clause for clause in clauses if not clause.stopped]
    told = telling if any(not clause.negative for clause in telling) else clauses
    return Question(tuple(told), filters=fields.filters, dates=fields.dates)


OPERATORS = {"OR", "AND", "NOT"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands between two spaces, or quotation marks, in a question; `names` as numbering.joined says."""

    text: str
    minus: bool = False
    quoted: bool = False
    names: str = ""

    @property
    def folded(self) -> str:
        return tokens.fold(self.text)


def _pieces(typed: str) -> Iterator[Typed]:
    """What was typed in its pieces; unquoted neighbours that name one provision are one piece."""
    words: list[str] = []
    for match in PIECE.finditer(ARTICLE_APART.sub(r"第\1条", typed)):
        if match["phrase"] is None and not match["minus"] and match["word"] not in OPERATORS:
            words.append(match["word"])
            continue
        yield from _joined(words)
        words = []
        quoted = match["phrase"] is not None
        yield Typed(match["phrase"] if quoted else match["word"], bool(match["minus"]), quoted)
    yield from _joined(words)


def _joined(words: list[str]) -> Iterator[Typed]:
    """As they were typed where they are no numbers of provisions."""
    folded = [tokens.fold(word) for word in words]
    known = dict(zip(folded, words, strict=True))
    for text, names in numbering.joined(folded):
        yield Typed(known.get(text, text), names=names)


def _clauses(piece: Typed, negative: bool) -> list[Clause]:
    negative = negative or piece.minus
    if piece.quoted:
        return _together(_phrase(piece.folded), negative=negative)
    if piece.names:
        return [replace(_provision(piece.folded, piece.names), negative=negative)]
    return _word(piece.text, negative=negative)


def _provision(written: str, names: str) -> Clause:
    """`article 12`: these words together, or the key; `part 744` likewise."""
    number = key_rules.from_code(written.rpartition(" ")[2])
    phrase = f"article {written}" if names == "article" else written
    label = f"art-{number}" if names == "article" else f"{written.partition(' ')[0].removesuffix('s')}-{number}"
    options: list[Option] = [(_words(tokens.stems(phrase)),), (Atom("exact", (label,), written=label),)]
    if names == "article" and number.isdigit() and 0 < int(number) < 10_000:
        options.append((_run(f"第{numbering.numeral(int(number))}条"),))
    return Clause(tuple(options), fixed=True)


def _either(clauses: list[Clause], found: list[Clause]) -> list[Clause]:
    """The last clause or the first of these; an excluded one cannot be a choice."""
    last, first = clauses[-1], found[0]
    if last.negative or first.negative:
        return clauses + found
    return [*clauses[:-1], Clause((*last.options, *first.options), fixed=True), *found[1:]]


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
    folded = ARTICLE.sub(lambda found: f"第{numbering.numeral(int(found[1]))}条", tokens.fold(word))
    starred = folded.endswith("*")
    found = list(tokens.chunks(folded))
    clauses = [clause for chunk in found for clause in _chunk(chunk, starred=starred and chunk is found[-1])]
    if negative:
        atoms = tuple(atom for clause in clauses for atom in clause.options[0])
        return [Clause((atoms,), negative=True, fixed=True)] if atoms else []
    return clauses


def _chunk(chunk: tokens.Chunk, *, starred: bool) -> list[Clause]:
    if not chunk.han:
        return [_clause(chunk, starred=starred)]
    clauses = []
    for text, number in numbering.split(chunk.text):
        key: list[Option] = [] if number is None else [(Atom("exact", (f"art-{number}",), written=f"art-{number}"),)]
        clauses.append(Clause(((_run(text),), *key), fixed=bool(key)))
    return clauses


def _clause(chunk: tokens.Chunk, *, starred: bool) -> Clause:
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
    english, chinese = _glossary(tuple(synonyms))
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


@lru_cache(maxsize=4)
def _glossary(synonyms: tuple[Synonym, ...]) -> tuple[dict[tuple[str, ...], list[str]], dict[str, list[str]]]:
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
    return replace(question, clauses=(*parts, *question.negative), any_of=True)


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
