"""Everything that can happen to a notice, from the first draft to withdrawal.

Who may do it is decided above, at the desk; that a second person publishes is decided here.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import audit, texts
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.core.signals import Change, published, withdrawn
from portal.notices import queries
from portal.notices.models import (
    Facet,
    Notice,
    NoticeChange,
    NoticeCorrection,
    NoticeLabel,
    NoticeStep,
    State,
)
from portal.notices.signals import failed
from portal.references import actions as references
from portal.references.models import Address, Role

log = structlog.get_logger(__name__)
Words = dict[str, str]  # language -> words


@dataclass(frozen=True, slots=True)
class Target:
    """One rule that a notice changes."""

    key: str
    words: Words = field(default_factory=dict)
    effective_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that an editor writes."""

    kind: str
    title: Words
    summary: Words = field(default_factory=dict)
    body: Words = field(default_factory=dict)
    reference: str = ""
    effective_on: dt.date | None = None
    comment_until: dt.date | None = None
    comment_to: str = ""
    supersedes: str = ""
    jurisdictions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    changes: tuple[Target, ...] = ()

    def snapshot(self) -> dict[str, Any]:
        """The same as JSON, for the history."""
        return {
            "kind": self.kind,
            "title": self.title,
            "summary": self.summary,
            "body": self.body,
            "reference": self.reference,
            "effective_on": _iso(self.effective_on),
            "comment_until": _iso(self.comment_until),
            "comment_to": self.comment_to,
            "supersedes": self.supersedes,
            "jurisdictions": list(self.jurisdictions),
            "topics": list(self.topics),
            "changes": [
                {"key": row.key, "words": row.words, "effective_on": _iso(row.effective_on)} for row in self.changes
            ],
        }


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


# --- Writing ---------------------------------------------------------------------------------------------------


@transaction.atomic
def draft(content: Draft, *, authority_key: str, by: Actor, organisation_key: str = "") -> Notice:
    """Begin a notice."""
    if not authority_key:
        raise PortalError(_("This organisation has no key under which it publishes. Ask the operator of the site."))
    row = Notice(authority_key=authority_key, organisation_key=organisation_key)
    row.drafted_by_key, row.drafted_by = by.key, by.label[:200]
    _write(row, content, by)
    _step(row, "drafted", by, content=content.snapshot())
    return row


@transaction.atomic
def revise(notice: Notice, content: Draft, *, revision: int, by: Actor) -> Notice:
    """Change a draft; `revision` is the one that the editor saw. Conflict when somebody else was faster."""
    row = _locked(notice, State.DRAFT, State.FAILED)
    if row.revision != revision:
        raise Conflict(
            _("%(person)s changed this notice while you wrote. Your words are still here: compare, then save again.")
            % {"person": row.edited_by}
        )
    row.revision += 1
    row.state, row.failure = State.DRAFT, ""
    row.reviewed_by_key = row.reviewed_by = ""
    _write(row, content, by)
    _step(row, "revised", by, content=content.snapshot())
    return row


def _write(row: Notice, content: Draft, by: Actor) -> None:
    for name in ["kind", "reference", "effective_on", "comment_until", "comment_to", "supersedes"]:
        setattr(row, name, getattr(content, name))
    for name in ["title", "summary", "body"]:
        setattr(row, name, texts.i18n(getattr(content, name)))
    row.edited_by_key, row.edited_by = by.key, by.label[:200]
    row.save()
    row.labels.all().delete()
    values = [(Facet.JURISDICTION, value) for value in content.jurisdictions]
    values += [(Facet.TOPIC, value) for value in content.topics]
    NoticeLabel.objects.bulk_create(
        NoticeLabel(notice=row, facet=facet, value=value) for facet, value in dict.fromkeys(values)
    )
    row.changes.all().delete()
    NoticeChange.objects.bulk_create(
        NoticeChange(
            notice=row,
            target_key=target.key,
            words=texts.i18n(target.words),
            effective_on=target.effective_on,
            position=position,
        )
        for position, target in enumerate(content.changes)
    )


# --- Review ----------------------------------------------------------------------------------------------------


@transaction.atomic
def submit(notice: Notice, *, by: Actor) -> None:
    """Hand a draft to the second person. Refused while it cites what does not exist."""
    row = _locked(notice, State.DRAFT, State.FAILED)
    _must_be_complete(row)
    row.state, row.failure = State.IN_REVIEW, ""
    row.save(update_fields=["state", "failure", "updated_at"])
    _step(row, "submitted", by)


@transaction.atomic
def return_(notice: Notice, *, words: str, by: Actor) -> None:
    """Back to draft, with words that say why; also out of the schedule."""
    row = _locked(notice, State.IN_REVIEW, State.SCHEDULED, State.FAILED)
    if not words.strip() and by.key != row.edited_by_key:
        raise PortalError(_("Say what is to be changed."))
    row.state, row.failure, row.publish_at = State.DRAFT, "", None
    row.reviewed_by_key = row.reviewed_by = row.published_by_key = row.published_by = ""
    row.save()
    _step(row, "returned", by, words=words.strip())


@transaction.atomic
def approve(notice: Notice, *, by: Actor, words: str = "") -> None:
    """Say that a notice in review may be published. By a second person."""
    row = _locked(notice, State.IN_REVIEW)
    _must_be_second(row, by)
    row.reviewed_by_key, row.reviewed_by = by.key, by.label[:200]
    row.save(update_fields=["reviewed_by_key", "reviewed_by", "updated_at"])
    _step(row, "approved", by, words=words.strip())


@transaction.atomic
def schedule(notice: Notice, *, at: dt.datetime, by: Actor) -> None:
    """Have it published at this time. By a second person."""
    row = _locked(notice, State.IN_REVIEW, State.SCHEDULED)
    _must_be_second(row, by)
    _must_be_complete(row)
    if at <= timezone.now():
        raise PortalError(_("This time has passed. Choose a later one, or publish now."))
    row.state, row.publish_at = State.SCHEDULED, at
    _sign(row, by)
    row.save()
    _step(row, "scheduled", by, words=at.isoformat(timespec="minutes"))


# --- Publishing ------------------------------------------------------------------------------------------------


@transaction.atomic
def publish(notice: Notice, *, by: Actor) -> Notice:
    """Put it before everybody, now. By a second person; publishing twice is publishing once."""
    row = Notice.objects.select_for_update().get(pk=notice.pk)
    if row.state == State.PUBLISHED:
        return row
    row = _locked(notice, State.IN_REVIEW, State.SCHEDULED)
    _must_be_second(row, by)
    _sign(row, by)
    return _publish(row)


def publish_due(*, now: dt.datetime | None = None) -> int:
    """Publish every scheduled notice whose time has come, each for itself; how many went out.

    One that cannot be published is marked with the reason and told to its desk; the others go out all the same.
    A database that is busy or away is no fault of the notice: it stays scheduled for the next knock.
    """
    done = 0
    for pk in list(queries.due(before=now or timezone.now()).values_list("pk", flat=True)):
        try:
            done += _publish_scheduled(pk)
        except (OperationalError, InterfaceError) as error:
            log.warning("the database was not there for a scheduled notice", notice=pk, error=str(error))
        except Exception as error:
            log.exception("a scheduled notice could not be published", notice=pk)
            known = isinstance(error, PortalError)
            _fail(pk, str(error) if known else _("An unexpected error. The operator finds it in the log."))
    return done


@transaction.atomic
def _publish_scheduled(pk: int) -> int:
    row = Notice.objects.select_for_update().get(pk=pk)
    if row.state != State.SCHEDULED:
        return 0
    _publish(row)
    return 1


@transaction.atomic
def _fail(pk: int, reason: str) -> None:
    row = Notice.objects.select_for_update().get(pk=pk)
    if row.state != State.SCHEDULED:
        return
    row.state, row.failure = State.FAILED, reason
    row.save(update_fields=["state", "failure", "updated_at"])
    failed.send(sender=Notice, notice=row)
    _step(row, "failed", SYSTEM, words=reason)


def _publish(row: Notice) -> Notice:
    """Number, address, citations, announcement, audit: all in the caller's transaction."""
    _must_be_complete(row)
    # Two publishers of one authority at the same moment: the second waits here, then counts the first one's number.
    list(Address.objects.select_for_update().filter(key=row.authority_key))
    now = timezone.now()
    row.state, row.published_at, row.publish_at, row.failure = State.PUBLISHED, now, None, ""
    row.year = timezone.localdate(now, dt.UTC).year
    same_year = Notice.objects.filter(authority_key=row.authority_key, year=row.year)
    row.number = (same_year.aggregate(last=Max("number"))["last"] or 0) + 1
    row.slug = f"{row.authority_key.rpartition('/')[2]}-{row.year}-{row.number:04}"
    row.save()
    references.register(
        [
            Address(
                key=row.key,
                kind="notice",
                title=row.title,
                gist=row.summary,
                route="notices:notice",
                arguments={"slug": row.slug},
            )
        ]
    )
    amended = [(change.target_key, Role.AMENDS.value) for change in row.changes.all()]
    amended += [(row.supersedes, Role.AMENDS.value)] if row.supersedes else []
    changed = {key for key, _role in amended}
    based = [(key, Role.BASIS.value) for key in [row.authority_key, *queries.cited_in(row)] if key not in changed]
    references.cite_many({(row.key, "1"): [*amended, *based]})
    published.send(sender=Notice, keys=[row.key], changes=[_change(row, "published")])
    _step(row, "published", Actor(row.published_by_key, row.published_by))
    return row


@transaction.atomic
def withdraw(notice: Notice, *, because: Words, by: Actor) -> None:
    """Take a published notice out of force; its page stays and says why."""
    row = _locked(notice, State.PUBLISHED)
    if not any(because.values()):
        raise PortalError(_("Say why it is withdrawn: readers will see the reason."))
    row.state, row.withdrawn_on, row.withdrawn_because = State.WITHDRAWN, timezone.localdate(), texts.i18n(because)
    row.save()
    references.withdraw([row.key], on=row.withdrawn_on)
    withdrawn.send(sender=Notice, keys=[row.key], changes=[_change(row, "withdrawn", summary=because)])
    _step(row, "withdrawn", by, words=texts.pick(row.withdrawn_because)[0])


@transaction.atomic
def correct(notice: Notice, *, words: Words, by: Actor) -> NoticeCorrection:
    """Add a dated correction; the words as published stay as they are."""
    row = _locked(notice, State.PUBLISHED)
    if not any(words.values()):
        raise PortalError(_("Say what is corrected."))
    correction = NoticeCorrection.objects.create(
        notice=row, on=timezone.localdate(), words=texts.i18n(words), by_key=by.key, by=by.label[:200]
    )
    version = str(row.corrections.count() + 1)
    published.send(sender=Notice, keys=[row.key], changes=[_change(row, "changed", summary=words, version=version)])
    _step(row, "corrected", by, words=texts.pick(correction.words)[0])
    return correction


# --- What several of them need ---------------------------------------------------------------------------------


def _change(row: Notice, what: str, *, summary: Words | None = None, version: str = "1") -> Change:
    return Change(
        key=row.key,
        kind="notice",
        what=what,
        version=version,
        title=texts.as_dict(row.title),
        summary=summary or texts.as_dict(row.summary),
        jurisdictions=tuple(row.jurisdictions),
        topics=tuple(row.topics),
        effective_on=row.effective_on,
    )


def _locked(notice: Notice, *states: State) -> Notice:
    row = Notice.objects.select_for_update().get(pk=notice.pk)
    if row.state not in states:
        raise Conflict(
            _("This notice is now in the state “%(state)s”; this cannot be done to it any more.")
            % {"state": row.get_state_display()}
        )
    return row


def _must_be_second(row: Notice, by: Actor) -> None:
    if by.key == row.edited_by_key:
        raise NotAllowed(_("You wrote the last draft yourself. A second person has to approve and publish it."))


def _must_be_complete(row: Notice) -> None:
    if not texts.pick(row.title)[0] or not texts.pick(row.body)[0]:
        raise PortalError(_("A notice needs a title and a text."))
    dead = queries.dead_keys(row)
    if dead:
        raise PortalError(_("Nothing stands at these keys: %(keys)s.") % {"keys": ", ".join(dead)})


def _sign(row: Notice, by: Actor) -> None:
    """Who publishes has reviewed, unless somebody else did before."""
    row.published_by_key, row.published_by = by.key, by.label[:200]
    if not row.reviewed_by_key:
        row.reviewed_by_key, row.reviewed_by = by.key, by.label[:200]


def _step(row: Notice, event: str, by: Actor, *, words: str = "", content: dict[str, Any] | None = None) -> None:
    NoticeStep.objects.create(
        notice=row,
        event=event,
        by_key=by.key,
        by=by.label[:200],
        words=words,
        revision=row.revision,
        content=content or {},
    )
    audit.record(
        f"notice.{event}",
        by=by,
        target=row.key,
        label=texts.pick(row.title)[0],
        organisation=row.organisation_key,
        revision=row.revision,
        **({"words": words} if words else {}),
    )
