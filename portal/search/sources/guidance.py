"""Laws and their provisions, guidelines and their sections, terms, events, red flags."""

import re
from collections.abc import Iterator
from dataclasses import replace

from portal.core import dates, markdown, texts
from portal.guidance import queries as guidance
from portal.guidance.models import GuidelineText, Instrument, Provision, ProvisionText, TextKind
from portal.search.sources.pieces import Keys, Piece, colon, record

BLANK = re.compile(r"\n\s*\n")
HEADING = re.compile(r"^##\s+(?P<words>.+?)\s*#*\s*$", re.MULTILINE)


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
        yield from record(row.key, "instrument", row.title, row.short, row.summary, citation, weight=1.5, **_law(row))


def provisions(keys: Keys) -> Iterator[Piece]:
    """Each provision with the summary and the official text that are good today, and those that are enacted for later.

    What is good today is the page itself, or parts of it: a long official text in groups of its paragraphs.
    """
    rows = Provision.objects.filter(withdrawn_on=None, instrument__withdrawn_on=None)
    if keys is not None:
        rows = rows.filter(key__in=[key for key in keys if "/" in key])
    laws = {row.pk: row for row in guidance.instruments()}
    listed = list(rows)
    bodies = _texts([row.pk for row in listed])
    for row in listed:
        law = laws[row.instrument_id]
        found = bodies.get(row.pk, {})
        title = {code: _provision_title(law, row, code) for code in texts.as_dict(row.number)}
        gists = {language: text.body for (language, kind), (text, _later) in found.items() if kind == TextKind.GIST}
        yield from record(row.key, "provision", title, gists, **_law(law))
        for (language, kind), (text, later) in found.items():
            whole = Piece(
                key=row.key,
                kind="provision",
                language=language,
                title=texts.pick(title, language)[0],
                **_law(law),  # type: ignore[arg-type]
            )
            if kind == TextKind.OFFICIAL:
                yield from _groups(whole, text.body, "official")
            for coming in later:
                part = f"from-{coming.valid_from}"
                future = replace(whole, valid_from=coming.valid_from, date=coming.valid_from)
                yield from _groups(future, coming.body, part if kind == TextKind.GIST else f"{part}-official")


LONG = 2_400
"""Characters of an official text in one group: about as much as is read at a glance."""


def _groups(whole: Piece, body: str, part: str) -> Iterator[Piece]:
    """A text as one part, or its paragraphs in groups, each pointing to its first one."""
    groups: list[tuple[int, list[str]]] = []
    size = LONG
    for number, block in enumerate((block for block in BLANK.split(body) if block.strip()), start=1):
        if size + len(block) > LONG:
            groups.append((number, []))
            size = 0
        groups[-1][1].append(block)
        size += len(block)
    for at, (first, blocks) in enumerate(groups):
        name, fragment = (f"{part}-{at + 1}", f"p-{first}") if at else (part, "")
        yield replace(whole, body="\n\n".join(blocks), part=name, fragment=fragment, weight=0.9)


Standing = dict[tuple[str, str], tuple[ProvisionText, list[ProvisionText]]]
"""(language, kind) -> the text that stands today, else the next to come, else the last there was; those to come."""


def _texts(provisions: list[int]) -> dict[int, Standing]:
    """provision -> its texts."""
    today = dates.today()
    found: dict[int, Standing] = {}
    for start in range(0, len(provisions), 5000):
        rows = ProvisionText.objects.filter(provision__in=provisions[start : start + 5000], retired_at=None)
        for row in rows.order_by("valid_from"):
            mine = found.setdefault(row.provision_id, {})
            shown, later = mine.get((row.language, row.kind), (None, []))
            over = shown is not None and shown.valid_until is not None and shown.valid_until <= today
            if shown is None or row.valid_from <= today or over:
                mine[row.language, row.kind] = (row, [])
            else:
                mine[row.language, row.kind] = (shown, [*later, row])
    return found


def _provision_title(law: Instrument, row: Provision, language: str) -> str:
    name = texts.pick(law.short if texts.as_dict(law.short) else law.title, language)[0]
    number, heading = texts.pick(row.number, language)[0], texts.as_dict(row.heading).get(language, "")
    joint = "" if language == "zh-hans" else ", "
    return f"{name}{joint}{number}{colon(language) + heading if heading else ''}"


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
        title = f"{text.title}{colon(text.language)}{markdown.plain(start['words'])}"
        body = text.body[start.end() : end]
        yield replace(whole, title=title, body=body, part=f"s{number}", fragment=anchor, weight=1.1)


def terms(keys: Keys) -> Iterator[Piece]:
    for row in guidance.terms():
        yield from record(row.key, "term", row.term, row.definition, weight=1.3)


def events(keys: Keys) -> Iterator[Piece]:
    for row in guidance.events():
        title = {code: f"{row.date} {markdown.plain(words)}"[:600] for code, words in texts.as_dict(row.text).items()}
        yield from record(row.key, "event", title, date=row.sort_date, weight=0.6)


def flags(keys: Keys) -> Iterator[Piece]:
    for row in guidance.red_flags():
        yield from record(row.key, "flag", row.text, row.why, row.next, weight=1.1, topics=("end-use",))
