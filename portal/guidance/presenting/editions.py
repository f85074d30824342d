"""Where the edition of a guideline stands, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.guidance.presenting.changes import WORDS
from portal.guidance.queries import EditionState
from portal.guidance.redline import Change, Line

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


def section_sentence(line: Line) -> str:
    """What happened to a section: “changed, 2 insertions, 1 deletion”."""
    said = [str(WORDS[line.change])]
    if line.change in {Change.INSERTED, Change.REMOVED}:
        return said[0]
    if line.moved and line.change is not Change.MOVED:
        said.append(_("moved"))
    if line.heading_changed:
        said.append(_("heading changed"))
    if line.insertions:
        said.append(ngettext("%(n)s insertion", "%(n)s insertions", line.insertions) % {"n": line.insertions})
    if line.deletions:
        said.append(ngettext("%(n)s deletion", "%(n)s deletions", line.deletions) % {"n": line.deletions})
    return _(", ").join(said)
