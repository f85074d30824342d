"""What differs between two states of a law, in words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.guidance.queries import Row
from portal.guidance.redline import Change

WORDS = {
    Change.UNCHANGED: gettext_lazy("unchanged"),
    Change.CHANGED: gettext_lazy("changed"),
    Change.INSERTED: gettext_lazy("new"),
    Change.REMOVED: gettext_lazy("no longer there"),
    Change.MOVED: gettext_lazy("moved"),
    Change.RENUMBERED: gettext_lazy("renumbered"),
}
FACTS = {
    "title": gettext_lazy("title"),
    "short": gettext_lazy("short title"),
    "summary": gettext_lazy("summary"),
    "kind": gettext_lazy("kind"),
    "citation": gettext_lazy("citation"),
    "superseded_by": gettext_lazy("what supersedes it"),
    "supersedes": gettext_lazy("what it replaced"),
    "url": gettext_lazy("official site"),
    "sources": gettext_lazy("sources"),
    "to_check": gettext_lazy("marks of what is to be checked"),
    "adopted": gettext_lazy("date of adoption"),
    "in_force": gettext_lazy("date of entry into force"),
    "repealed": gettext_lazy("date of repeal"),
    "suspended_until": gettext_lazy("end of the suspension"),
    "as_of": gettext_lazy("date of the sources"),
    "withdrawn_on": gettext_lazy("withdrawal from this site"),
    "jurisdiction": gettext_lazy("jurisdiction"),
    "authority": gettext_lazy("authority"),
}


def change_word(row: Row) -> str:
    """One word for what happened to a provision."""
    if row.line.change is Change.UNCHANGED and row.differs:
        return _("same words")
    return str(WORDS[row.line.change])


def change_sentence(row: Row) -> str:
    """What happened to a provision: “changed, 2 insertions, 1 deletion”."""
    line = row.line
    if line.change in {Change.INSERTED, Change.REMOVED}:
        return change_word(row)
    only_heading = line.change is Change.CHANGED and not line.text_changed
    said = [] if only_heading else [change_word(row)]
    if line.moved and line.change is not Change.MOVED:
        said.append(_("moved"))
    if line.heading_changed:
        said.append(_("heading changed"))
    said += _counted(row)
    if row.markup:
        said.append(_("only links or form changed"))
    if row.mark_changed:
        said.append(_("the mark “to be checked” was taken away") if row.checked[0] else _("now to be checked"))
    return _(", ").join(said)


def _counted(row: Row) -> list[str]:
    come, gone = row.line.insertions, row.line.deletions
    words = []
    if come:
        words.append(ngettext("%(n)s insertion", "%(n)s insertions", come) % {"n": come})
    if gone:
        words.append(ngettext("%(n)s deletion", "%(n)s deletions", gone) % {"n": gone})
    return words


def changed_words(changed: Mapping[str, Sequence[str]]) -> list[str]:
    """What differs between two records of a law (guidance.recording.differences, and `texts`), one phrase for each."""
    said = [str(FACTS.get(name, name)) for name in changed.get("facts", [])]

    def count(name: str) -> int:
        return len(changed.get(name, []))

    counted = [
        (count("added"), ngettext("%(n)s provision added", "%(n)s provisions added", count("added"))),
        (count("removed"), ngettext("%(n)s provision taken out", "%(n)s provisions taken out", count("removed"))),
        (count("renamed"), ngettext("%(n)s heading changed", "%(n)s headings changed", count("renamed"))),
        (count("moved"), ngettext("%(n)s provision moved", "%(n)s provisions moved", count("moved"))),
        (count("texts"), ngettext("text of %(n)s provision", "texts of %(n)s provisions", count("texts"))),
    ]
    return said + [words % {"n": n} for n, words in counted if n]


def since_sentence(changed: Mapping[str, Sequence[str]]) -> str:
    """What this site has changed in a law since a past showing, in a sentence."""
    said = changed_words(changed)
    return _("Changed since: %(words)s.") % {"words": _(", ").join(said)} if said else _("It has not changed since.")
