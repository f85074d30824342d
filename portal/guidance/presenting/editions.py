"""Where the edition of a guideline stands, in words."""

from django.utils.translation import gettext as _

from portal.guidance.queries import EditionState

EDITION_KINDS = {
    EditionState.CURRENT: "good",
    EditionState.FUTURE: "pending",
    EditionState.EARLIER: "over",
    EditionState.SUPERSEDED: "over",
    EditionState.WITHDRAWN: "attention",
}


def edition_word(state: EditionState) -> str:
    """One or two words for where an edition stands."""
    return {
        EditionState.CURRENT: _("In effect"),
        EditionState.FUTURE: _("Not yet in effect"),
        EditionState.EARLIER: _("Earlier edition"),
        EditionState.SUPERSEDED: _("Superseded"),
        EditionState.WITHDRAWN: _("Withdrawn"),
    }[state]
