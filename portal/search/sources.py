"""What the apps have for the index: one function for each kind of row, in a registry.

A source yields `Piece`s: what a reader finds, before it is turned into tokens. Bodies are Markdown, or plain
text where the app has it plain. To make another kind of thing searchable, write a function `(keys) -> pieces`
and add it to SOURCES. `keys` None is everything; otherwise at least the pieces of those keys (others are
dropped). Only what everybody may read, and never the answers of questions.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from portal.cases import queries as cases
from portal.cases.models import Case, Facet
from portal.controls import queries as controls
from portal.controls.models import ControlEntry, Jurisdiction, RegimeSection
from portal.core import dates, markdown, texts
from portal.guidance import queries as guidance
from portal.guidance.models import GuidelineText, Instrument, Provision, ProvisionText
from portal.search.tokens import HAN

Keys = set[str] | None
HEADING = re.compile(r"^##\s+(?P<words>.+?)\s*#*\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One page, or part of one, in one language. `body` is Markdown."""

    key: str
    kind: str
    language: str
    title: str
    body: str = ""
    part: str = ""
    fragment: str = ""
    jurisdictions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    authority: str = ""
    regime: str = ""
    date: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    suspended_until: dt.date | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """A row before its languages are taken apart. `title` and each of `bodies` are bilingual texts."""

    piece: Piece
    title: object
    bodies: list[object] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """One piece for each language that the title or a body has; a missing title is the other language's."""
        bodies = [texts.as_dict(body) for body in self.bodies]
        titles = texts.as_dict(self.title)
        for language in texts.LANGUAGE_CODES:
            words = [body[language] for body in bodies if body.get(language)]
            if language in titles or words:
                title = texts.pick(self.title, language)[0]
                yield replace(self.piece, language=language, title=title, body="\n\n".join(words))


def _record(key: str, kind: str, title: object, *bodies: object, **facts: object) -> Iterator[Piece]:
    piece = replace(Piece(key=key, kind=kind, language="", title=""), **facts)  # type: ignore[arg-type]
    return Record(piece, title, list(bodies)).pieces()


def _slugs(keys: Keys, prefix: str) -> list[str] | None:
    """The ends of the keys with this prefix; None for everything."""
    return None if keys is None else [key.removeprefix(prefix) for key in keys if key.startswith(prefix)]


# --- Controls --------------------------------------------------------------------------------------------------------


def jurisdictions(keys: Keys) -> Iterator[Piece]:
    for row in Jurisdiction.objects.filter(withdrawn_on=None):
        yield from _record(row.key, "jurisdiction", row.name, jurisdictions=(row.code,), weight=1.2)


def authorities(keys: Keys) -> Iterator[Piece]:
    for row in controls.authorities():
        yield from _record(
            row.key, "authority", row.name, row.short, jurisdictions=(row.jurisdiction.code,), authority=row.slug
        )


def regimes(keys: Keys) -> Iterator[Piece]:
    """A regime, and each section of its page."""
    for row in controls.regimes():
        abbreviation = dict.fromkeys(texts.LANGUAGE_CODES, row.abbreviation)
        yield from _record(row.key, "regime", row.name, abbreviation, row.summary, regime=row.slug, weight=1.4)
    sections = RegimeSection.objects.filter(regime__withdrawn_on=None).select_related("regime")
    for section in sections:
        regime = section.regime
        name = {code: regime.abbreviation or texts.pick(regime.name, code)[0] for code in texts.LANGUAGE_CODES}
        title = {code: f"{name[code]}{_colon(code)}{words}" for code, words in texts.as_dict(section.heading).items()}
        facts = {"part": section.slug, "fragment": section.slug, "regime": regime.slug, "weight": 1.1}
        yield from _record(regime.key, "regime", title, section.body, **facts)


def lists(keys: Keys) -> Iterator[Piece]:
    for row in controls.lists().select_related("authority"):
        yield from _record(
            row.key,
            "list",
            row.name,
            row.summary,
            jurisdictions=(row.jurisdiction.code,) if row.jurisdiction else (),
            authority=row.authority.slug if row.authority else "",
            regime=row.regime.slug if row.regime else "",
            weight=1.2,
        )


def entries(keys: Keys) -> Iterator[Piece]:
    """The entries of control lists, each with the titles of those above it."""
    rows = ControlEntry.objects.filter(withdrawn_on=None, control_list__withdrawn_on=None)
    rows = rows.select_related("control_list__jurisdiction", "control_list__authority", "control_list__regime")
    book = {row.pk: row for row in rows}
    for row in book.values():
        home = row.control_list
        title = {code: f"{row.code} {words}" for code, words in texts.as_dict(row.title).items()}
        yield from _record(
            row.key,
            "entry",
            title,
            row.note,
            home.name,
            jurisdictions=(home.jurisdiction.code,) if home.jurisdiction else (),
            authority=home.authority.slug if home.authority else "",
            regime=home.regime.slug if home.regime else "",
        )


# --- Guidance --------------------------------------------------------------------------------------------------------


def _law(row: Instrument) -> dict[str, object]:
    """What a law and its provisions share."""
    return {
        "jurisdictions": (row.jurisdiction.code,),
        "authority": row.authority.slug if row.authority else "",
        "date": row.in_force or row.adopted,
        "valid_from": row.in_force,
        "valid_until": row.repealed,
        "suspended_until": row.suspended_until,
    }


def instruments(keys: Keys) -> Iterator[Piece]:
    for row in guidance.instruments():
        citation = dict.fromkeys(texts.LANGUAGE_CODES, row.citation) if row.citation else {}
        yield from _record(row.key, "instrument", row.title, row.short, row.summary, citation, weight=1.5, **_law(row))


def provisions(keys: Keys) -> Iterator[Piece]:
    """Each provision with the text that is good today; else the next one to come, else the last there was."""
    rows = Provision.objects.filter(withdrawn_on=None, instrument__withdrawn_on=None)
    if keys is not None:
        rows = rows.filter(instrument__key__in={key.partition("/")[0] for key in keys if "/" in key})
    laws = {row.pk: row for row in guidance.instruments()}
    listed = list(rows)
    bodies = _texts([row.pk for row in listed])
    for row in listed:
        law = laws[row.instrument_id]
        mine = bodies.get(row.pk, {})
        title = {code: _provision_title(law, row, code) for code in texts.as_dict(row.number)}
        yield from _record(row.key, "provision", title, {code: text.body for code, text in mine.items()}, **_law(law))


def _texts(provisions: list[int]) -> dict[int, dict[str, ProvisionText]]:
    """provision -> language -> the text that stands for it today."""
    today = dates.today()
    found: dict[int, dict[str, ProvisionText]] = {}
    for start in range(0, len(provisions), 5000):
        rows = ProvisionText.objects.filter(provision__in=provisions[start : start + 5000], retired_at=None)
        for row in rows.order_by("kind", "valid_from"):
            mine = found.setdefault(row.provision_id, {})
            if row.language not in mine or row.valid_from <= today or mine[row.language].valid_until is not None:
                mine[row.language] = row
    return found


def _provision_title(law: Instrument, row: Provision, language: str) -> str:
    name = texts.pick(law.short if texts.as_dict(law.short) else law.title, language)[0]
    number, heading = texts.pick(row.number, language)[0], texts.as_dict(row.heading).get(language, "")
    joint = "" if language == "zh-hans" else ", "
    return f"{name}{joint}{number}{_colon(language) + heading if heading else ''}"


def _colon(language: str) -> str:
    return "：" if language == "zh-hans" else ": "


def guidelines(keys: Keys) -> Iterator[Piece]:
    """A guideline, and each of its sections."""
    for edition in guidance.current_editions(on=dates.today()):
        for text in edition.texts.all():
            whole = Piece(
                key=edition.guideline.key,
                kind="guideline",
                language=text.language,
                title=text.title,
                jurisdictions=tuple(edition.jurisdictions),
                topics=tuple(edition.topics),
                date=edition.effective_on,
                weight=1.4,
            )
            yield from _sections(whole, text)


def _sections(whole: Piece, text: GuidelineText) -> Iterator[Piece]:
    """The parts between second-level headings; what stands before the first one belongs to the page itself."""
    starts = list(HEADING.finditer(text.body))
    anchors = [anchor for level, anchor, _words in markdown.headings(text.body) if level == 2]
    lead = text.body[: starts[0].start()] if starts else text.body
    yield replace(whole, body=f"{text.summary}\n\n{lead}")
    for number, (start, anchor) in enumerate(zip(starts, anchors, strict=False), start=1):
        end = starts[number].start() if number < len(starts) else len(text.body)
        title = f"{text.title}{_colon(text.language)}{markdown.plain(start['words'])}"
        body = text.body[start.end() : end]
        yield replace(whole, title=title, body=body, part=f"s{number}", fragment=anchor, weight=1.1)


def terms(keys: Keys) -> Iterator[Piece]:
    for row in guidance.terms():
        yield from _record(row.key, "term", row.term, row.definition, weight=1.3)


def events(keys: Keys) -> Iterator[Piece]:
    for row in guidance.events():
        title = {code: f"{row.date} {markdown.plain(words)}"[:600] for code, words in texts.as_dict(row.text).items()}
        yield from _record(row.key, "event", title, date=row.sort_date, weight=0.6)


# --- Cases -----------------------------------------------------------------------------------------------------------


def typical_cases(keys: Keys) -> Iterator[Piece]:
    rows = cases.cases().prefetch_related("labels")
    slugs = _slugs(keys, "case/")
    for row in rows if slugs is None else rows.filter(slug__in=slugs[:5000]):
        labels = cases.labels_of(row)
        yield from _record(
            row.key,
            "case",
            row.title,
            *_case_bodies(row),
            jurisdictions=(row.jurisdiction.code,),
            authority=next(iter(sorted(labels.get(Facet.AUTHORITY, []))), ""),
            topics=("space",) if row.space_related else (),
            date=row.sort_date,
        )


def _case_bodies(row: Case) -> list[object]:
    """What happened, who and what, what to learn, and the codes of the items."""
    names = "; ".join(respondent["name"] for respondent in row.respondents)
    codes = " ".join(
        dict.fromkeys(key.partition("/")[2].upper() for item in row.items for key in item.get("entries", []))
    )
    both = {code: words for code in texts.LANGUAGE_CODES if (words := " ".join([names, codes]).strip())}
    described = [item["description"] for item in row.items]
    return [
        row.summary,
        row.facts,
        *described,
        *row.lessons,
        *row.red_flags,
        *row.aggravating,
        *row.mitigating,
        row.penalty_note,
        both,
    ]


Source = Callable[[Keys], Iterable[Piece]]
SOURCES: dict[str, Source] = {
    "jurisdiction": jurisdictions,
    "authority": authorities,
    "regime": regimes,
    "list": lists,
    "entry": entries,
    "instrument": instruments,
    "provision": provisions,
    "guideline": guidelines,
    "term": terms,
    "event": events,
    "case": typical_cases,
}


def pieces(keys: Keys) -> Iterator[Piece]:
    """All pieces, or those of these keys."""
    for source in SOURCES.values():
        yield from (piece for piece in source(keys) if keys is None or piece.key in keys)


# --- Markdown to the words that a reader sees ----------------------------------------------------------------------

BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|blockquote|pre|table|thead|tbody|tr|td|th|section|hr|br)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
# A line folded in a file leaves a space between Chinese characters, where none is written.
FOLDED = re.compile(rf"(?<=[{HAN}，。；：、）》”]) (?=[{HAN}，。；：、（《“])")


def plain(source: str, cite: markdown.Cite = markdown.plain_citation) -> str:
    """The words of a Markdown text, a line for each block; nothing comes between letters that markup only touched."""
    html = FOLDED.sub("", " ".join(markdown.render(source, cite=cite).split()))
    lines = unescape(TAG.sub("", BLOCK.sub("\n", html))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
