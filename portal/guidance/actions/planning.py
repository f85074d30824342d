"""What a file of official texts does to the library: worked out whole before anything is written. Reads only."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.core.texts import as_dict, pick
from portal.guidance.actions import outlines
from portal.guidance.actions.outlines import Wording
from portal.guidance.models import (
    Instrument,
    IntakeState,
    LineKind,
    Provision,
    ProvisionText,
    TextIntake,
    TextKind,
)
from portal.guidance.statutes import Fault, Node, Statute, Unreadable
from portal.guidance.statutes.outline import Place, with_file
from portal.guidance.statutes.spans import Span, on, written
from portal.guidance.statutes.statute import gettext_noop

KNOWN_LANGUAGES = ("en", "zh-hans")
PAGES = {"compare", "record"}  # what stands at /laws/<law>/<…>/ and is no provision


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person says about a file: for which law, in which language, good from when."""

    instrument: Instrument
    language: str
    valid_from: dt.date
    valid_until: dt.date | None = None


@dataclass(slots=True)
class PlannedLine:
    """What happens to one provision."""

    node: Node
    what: LineKind
    is_new: bool = False


@dataclass(slots=True)
class Writing:
    """The rows of one provision that go and the spans that come; `bodies` are the words of a span that is new."""

    label: str
    retire: list[int]
    add: list[tuple[Span, int | None]]  # with the row whose words they are; None for those of the file


@dataclass(slots=True)
class Plan:
    """Everything that an import does; `changes` says whether it does anything."""

    lines: list[PlannedLine] = field(default_factory=list)
    writings: list[Writing] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    wordings: dict[str, Wording] = field(default_factory=dict)
    rows: list[Provision] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)  # label -> the words of the file
    renamed: list[str] = field(default_factory=list)  # labels whose number or heading the file changes
    newest: bool = True  # no version of a later day is known

    @property
    def counts(self) -> dict[str, int]:
        """How many provisions of each kind of line."""
        found = Counter(line.what.value for line in self.lines)
        return {kind.value: found.get(kind.value, 0) for kind in LineKind}

    @property
    def changes(self) -> bool:
        return bool(self.writings or self.renamed) or any(line.is_new for line in self.lines)


def digest(body: str) -> str:
    """The name of some words."""
    return hashlib.sha256(body.encode()).hexdigest()


def plan(statute: Statute, terms: Terms) -> Plan:
    """What taking in this statute would do. Four queries, whatever its length. Unreadable when it does not fit."""
    _fits(statute, terms)
    rows = outlines.standing(terms.instrument)
    parents = outlines.parents_of(rows)
    found = Plan(rows=rows)
    nodes = list(statute.walk())
    filed = {node.label: parent.label if parent else None for node, parent in nodes}
    fine = {row.label for row in rows if row.by_import}
    found.places = with_file(filed, parents, fine)
    placed = {place.label: place.parent for place in found.places}
    versions = _versions(terms)
    found.newest = all(day <= terms.valid_from for day, _scope in versions)
    texts = _texts(terms)
    known = {row.label: row for row in rows}
    for node, _parent in nodes:
        span_end = _end(node.label, terms, versions, placed)
        old = known.get(node.label)
        is_new = old is None or old.withdrawn_on is not None
        _wording(found, node, old, terms.language)
        _weigh(found, node, texts.get(node.label, []), terms, span_end, is_new=is_new)
    covered = _covered(known, placed, statute.scope)
    for label in (row.label for row in rows):
        if label in covered and label not in filed and label in texts:
            number, heading = (pick(words, terms.language)[0] for words in (known[label].number, known[label].heading))
            gone = Node(label, number, heading)
            span_end = _end(label, terms, versions, placed)
            _weigh(found, gone, texts[label], terms, span_end, is_new=False)
    return found


def _fits(statute: Statute, terms: Terms) -> None:
    faults = []
    if statute.language and statute.language != terms.language:
        known = statute.language in KNOWN_LANGUAGES
        message = (
            gettext_noop("The file is in the language “%(file)s”, and you said “%(given)s”.")
            if known
            else gettext_noop(
                "The file is in the language “%(file)s”; texts are taken in English (en) and Chinese (zh-hans)."
            )
        )
        faults.append(Fault(1, message, {"file": statute.language, "given": terms.language}))
    longest = 200 - len(terms.instrument.key) - 1
    for node, _parent in statute.walk():
        if node.label in PAGES:
            message = gettext_noop("“%(label)s” is the address of a page.")
            faults.append(Fault(node.line, message, {"label": node.label}))
        if len(node.label) > longest:
            message = gettext_noop("“%(label)s” is too long for a key.")
            faults.append(Fault(node.line, message, {"label": node.label}))
    if faults:
        raise Unreadable(*faults)


def _texts(terms: Terms) -> dict[str, list[ProvisionText]]:
    """label -> its official texts in the language, as the site shows them now; without their words."""
    rows = ProvisionText.objects.filter(
        provision__instrument=terms.instrument, language=terms.language, kind=TextKind.OFFICIAL, retired_at=None
    )
    found: dict[str, list[ProvisionText]] = {}
    for row in rows.select_related("provision").only(
        "provision__label", "valid_from", "valid_until", "digest", "provision_id"
    ):
        found.setdefault(row.provision.label, []).append(row)
    return found


def _versions(terms: Terms) -> list[tuple[dt.date, frozenset[str] | None]]:
    """(day, scope) of the versions that were taken in of this law in this language."""
    rows = TextIntake.objects.filter(
        instrument=terms.instrument, language=terms.language, state=IntakeState.APPLIED
    ).values_list("valid_from", "scope")
    return list(dict.fromkeys((day, None if scope is None else frozenset(scope)) for day, scope in rows))


def _end(
    label: str,
    terms: Terms,
    versions: Iterable[tuple[dt.date, frozenset[str] | None]],
    parents: dict[str, str | None],
) -> dt.date | None:
    """The day on which the next version that is known speaks about this provision, or the end that was given."""
    days = [
        day for day, scope in versions if day > terms.valid_from and (scope is None or _within(label, scope, parents))
    ]
    days += [terms.valid_until] if terms.valid_until else []
    return min(days, default=None)


def _within(label: str | None, scope: frozenset[str], parents: dict[str, str | None]) -> bool:
    while label is not None:
        if label in scope:
            return True
        label = parents.get(label)
    return False


def _covered(known: Iterable[str], parents: dict[str, str | None], scope: frozenset[str] | None) -> set[str]:
    """The provisions about which a file of this scope speaks, be it by not having them."""
    return {label for label in known if scope is None or _within(label, scope, parents)}


def _wording(found: Plan, node: Node, old: Provision | None, language: str) -> None:
    """What a new provision is called; of one that only imports know, what this file adds to its names."""
    if old is not None and not old.by_import and old.withdrawn_on is None:
        return
    number = as_dict(old.number) if old else {}
    heading = as_dict(old.heading) if old else {}
    leads = found.newest
    if node.number and (leads or language not in number):
        number = {**number, language: node.number}
    if node.heading and (leads or language not in heading):
        heading = {**heading, language: node.heading}
    if not number:
        number = {language: node.label}
    found.wordings[node.label] = Wording(number, heading, by_import=True)
    if old is not None and (number, heading) != (as_dict(old.number), as_dict(old.heading)):
        found.renamed.append(node.label)


def _weigh(
    found: Plan, node: Node, texts: list[ProvisionText], terms: Terms, end: dt.date | None, *, is_new: bool
) -> None:
    """The line of a provision, and what is written for it."""
    spans = {Span(row.valid_from, row.valid_until, row.digest): row.pk for row in texts}
    body_digest = digest(node.text) if node.text else None
    wanted = written(spans, terms.valid_from, end, body_digest)
    before = on(spans, terms.valid_from)
    if set(wanted) == set(spans):
        what = LineKind.UNCHANGED
    elif body_digest is None:
        what = LineKind.ENDED
    else:
        what = LineKind.ADDED if before is None else LineKind.CHANGED
    if not node.text and not spans:
        if is_new:
            found.lines.append(PlannedLine(node, LineKind.OUTLINE, is_new))
        return
    found.lines.append(PlannedLine(node, what, is_new))
    if what == LineKind.UNCHANGED:
        return
    if body_digest is not None:
        found.bodies[node.label] = node.text
    by_digest = {span.digest: pk for span, pk in spans.items()}
    found.writings.append(
        Writing(
            node.label,
            retire=[pk for span, pk in spans.items() if span not in wanted],
            add=[(span, by_digest.get(span.digest)) for span in wanted if span not in spans],
        )
    )
