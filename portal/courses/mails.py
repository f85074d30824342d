"""Mails about courses, from the rows as they are when a mail leaves."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.mails import Letter, composes, url
from portal.accounts.models import User
from portal.core.texts import pick
from portal.courses import queries
from portal.courses.models import CertificateState
from portal.organisations.permissions import can


@composes("courses.enrolled")
def enrolled(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """An organisation wants this person to take a course."""
    row = queries.enrolments().filter(pk=ids["enrolment_id"], person=person).first()
    if row is None or not row.open or not can(person, "course.take", row.organisation):
        return None
    title, _language = pick(row.version.title)
    return Letter(
        _("You are enrolled: %(course)s") % {"course": title},
        "emails/courses/enrolled",
        {
            "course": title,
            "organisation": row.organisation,
            "version": row.version,
            "link": url("courses:course", slug=row.course.slug),
        },
    )


@composes("courses.certified")
def certified(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """This person has passed; the certificate is there."""
    row = queries.certificates().filter(pk=ids["certificate_id"]).first()
    if row is None or row.state(timezone.localdate()) != CertificateState.VALID:
        return None
    title, _language = pick(row.payload["course"]["title"])
    return Letter(
        _("Your certificate: %(course)s") % {"course": title},
        "emails/courses/certified",
        {
            "course": title,
            "certificate": row,
            "link": url("courses:certificate", serial=row.serial),
            "public_link": url("courses:verification", token=row.token),
        },
    )
