"""The citation that a reader may copy: one sentence after another, in the reader's language."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import texts
from portal.core.dates import today
from portal.references.models import Address


def permanent(address: Address, on: dt.date | None = None) -> str:
    """The permanent address of a key, whole, on a date where the thing has dates."""
    path = settings.SITE_URL + reverse("references:resolve", kwargs={"key": address.key})
    return f"{path}?on={on.isoformat()}" if on and address.dated else path


def words(address: Address, *, version: str = "", source: str = "", on: dt.date | None = None) -> str:
    """Title, official citation, edition or date, site, permanent address, day of access."""
    facts = {
        "title": texts.pick(address.title)[0],
        "site": settings.SITE_NAME,
        "address": permanent(address, on),
        "today": formats.date_format(today(), "DATE_FORMAT"),
        "on": formats.date_format(on, "DATE_FORMAT") if on else "",
        "version": version,
        "source": source,
    }
    parts = [_("%(title)s.") % facts]
    if source:
        parts.append(_("%(source)s.") % facts)
    if address.kind == "guideline" and version:
        parts.append(_("Edition %(version)s.") % facts)
    elif address.dated and on:
        parts.append(_("As on %(on)s.") % facts)
    parts.append(_("%(site)s, %(address)s (accessed %(today)s).") % facts)
    return ("" if get_language() == "zh-hans" else " ").join(parts)
