"""What the desk does by itself: telling its people, and stopping when its organisation closes."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core import texts
from portal.core.actors import Actor
from portal.desk import queries
from portal.notices import actions as notices
from portal.notices.models import Notice, State
from portal.organisations.models import Organisation


def tell_of_failure(notice: Notice) -> int:
    """Mail those who draft and publish that a scheduled notice did not go out, each in their language."""
    if notice.state != State.FAILED:
        return 0
    people = list(queries.people_of(notice.authority_key))
    for person in people:
        with override(person.language):
            link = settings.SITE_URL + reverse("desk:notice", kwargs={"pk": notice.pk})
            title = " ".join(texts.pick(notice.title)[0].split())
            subject = _("Not published: %(title)s") % {"title": title}
            context = {"notice": notice, "title": title, "link": link, "SITE_NAME": settings.SITE_NAME}
            send_mail(subject, render_to_string("desk/mail/failed.txt", context), None, [person.email])
    return len(people)


@transaction.atomic
def take_out_of_schedule(organisation: Organisation, *, by: Actor) -> int:
    """Return what this organisation had set to be published to draft, when it closes; how many notices."""
    rows = list(Notice.objects.filter(organisation_key=organisation.key, state=State.SCHEDULED))
    for row in rows:
        notices.return_(row, words=_("The organisation was closed."), by=by)
    return len(rows)
