"""Issuing certificates and taking them back."""

import calendar
import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.actions import mail
from portal.core import audit
from portal.core.actors import Actor
from portal.core.errors import Conflict, PortalError
from portal.core.texts import as_dict
from portal.courses import queries
from portal.courses.fingerprints import digest
from portal.courses.models import Attempt, Certificate, CertificateEvent, EventKind
from portal.courses.models.certificates import new_serial

TEMPLATE_VERSION = 1


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def issue(attempt: Attempt, *, by: Actor, now: dt.datetime) -> Certificate:
    """The certificate of a passed attempt, inside the transaction that marks it; earlier ones are replaced by it."""
    version = attempt.enrolment.version
    valid_until = months_later(now.date(), version.valid_months) if version.valid_months else None
    serial = new_serial()
    payload = payload_of(attempt, serial=serial, issued_on=now.date(), valid_until=valid_until)
    made = Certificate.objects.create(
        attempt=attempt,
        serial=serial,
        payload=payload,
        payload_sha256=digest(payload),
        template_version=TEMPLATE_VERSION,
        issued_at=now,
        valid_until=valid_until,
    )
    _happened(made, EventKind.ISSUED, by=by, now=now)
    for earlier in queries.earlier_certificates(attempt.enrolment):
        _happened(earlier, EventKind.SUPERSEDED, by=by, now=now, reason=made.serial)
    person = attempt.enrolment.person
    mail("courses.certified", to=[person], occasion=made.key, at=now, certificate_id=made.pk)
    _record("certificate.issued", made, by)
    return made


def payload_of(attempt: Attempt, *, serial: str, issued_on: dt.date, valid_until: dt.date | None) -> dict[str, Any]:
    """What is certified, in words and numbers of today. JSON-ready."""
    enrolment, version = attempt.enrolment, attempt.enrolment.version
    return {
        "serial": serial,
        "person": enrolment.person.name,
        "organisation": enrolment.organisation.name if enrolment.organisation else "",
        "issuer": settings.SITE_NAME,
        "course": {
            "key": version.course.key,
            "version": version.number,
            "digest": version.digest,
            "title": as_dict(version.title),
            "objectives": version.objectives,
            "minutes": version.minutes,
            "as_of": version.as_of.isoformat() if version.as_of else "",
        },
        "score": attempt.score,
        "pass_mark": version.pass_mark,
        "questions": version.questions,
        "issued_on": issued_on.isoformat(),
        "valid_until": valid_until.isoformat() if valid_until else "",
        "template": TEMPLATE_VERSION,
    }


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: Actor, now: dt.datetime | None = None) -> Certificate:
    """Take a certificate back for a reason, which its public page does not show; the page stays. Safe to repeat."""
    now = now or timezone.now()
    locked = queries.certificates().select_for_update(of=("self",)).get(pk=certificate.pk)
    if not reason.strip():
        raise PortalError(_("Give a reason: it stays in the record."))
    if any(event.kind == EventKind.REVOKED for event in locked.events.all()):  # whatever day it is for the reader
        return locked
    if now < locked.issued_at:
        raise Conflict(_("A certificate cannot be revoked before it was issued."))
    _happened(locked, EventKind.REVOKED, by=by, now=now, reason=reason.strip())
    _record("certificate.revoked", locked, by, reason=reason.strip())
    return queries.certificates().get(pk=locked.pk)


def _happened(certificate: Certificate, kind: EventKind, *, by: Actor, now: dt.datetime, reason: str = "") -> None:
    """Each kind once: what two transactions say at the same moment is said by the first."""
    CertificateEvent.objects.get_or_create(
        certificate=certificate,
        kind=kind,
        defaults={"reason": reason, "actor_key": by.key, "actor_label": by.label[:200], "at": now},
    )


def _record(event: str, certificate: Certificate, by: Actor, **details: object) -> None:
    enrolment = certificate.attempt.enrolment
    audit.record(
        event,
        by=by,
        target=certificate.key,
        label=enrolment.person,
        organisation=enrolment.organisation.key if enrolment.organisation else "",
        course=enrolment.version.course.key,
        **details,
    )
