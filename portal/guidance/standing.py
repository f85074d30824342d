"""Where laws, provisions and guidelines stand, for the cards of citations."""

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _

from portal.core.errors import NotFound
from portal.guidance import presenting, queries
from portal.guidance.models import Instrument
from portal.references.models import Address
from portal.references.standing import Standing


def of_instrument(address: Address, on: dt.date) -> Standing | None:
    """A law; a provision stands as its law does."""
    row = Instrument.objects.filter(key=address.key.partition("/")[0]).first()
    if row is None:
        return None
    state = row.state(on)
    return Standing(presenting.state_word(state), presenting.KINDS[state], presenting.state_sentence(row, on))


def of_guideline(address: Address, on: dt.date) -> Standing | None:
    """The edition in effect on the date."""
    try:
        found = queries.editions(address.key.partition("/")[2])
    except NotFound:
        return None
    edition = found.in_effect(on)
    state = found.state(edition, on)
    facts = {"number": edition.number, "date": formats.date_format(edition.effective_on, "DATE_FORMAT")}
    sentence = _("Edition %(number)s, effective %(date)s") % facts
    return Standing(presenting.edition_word(state), presenting.EDITION_KINDS[state], sentence)
