"""Scores in numbers and words."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from portal.assessments.scoring import Band, Score, Standing

BAND_WORDS: dict[Band, StrOrPromise] = {
    Band.WEAK: gettext_lazy("weak"),
    Band.DEVELOPING: gettext_lazy("developing"),
    Band.STRONG: gettext_lazy("strong"),
}
BAND_KINDS = {Band.WEAK: "attention", Band.DEVELOPING: "pending", Band.STRONG: "good"}
SCALE_WORDS: dict[str, StrOrPromise] = {
    "yes": gettext_lazy("Yes"),
    "partly": gettext_lazy("Partly"),
    "no": gettext_lazy("No"),
    "uncertain": gettext_lazy("Uncertain"),
}
STANDING_WORDS: dict[Standing, StrOrPromise] = {
    Standing.ANSWERED: gettext_lazy("Answered"),
    Standing.UNCERTAIN: gettext_lazy("Uncertain"),
    Standing.UNANSWERED: gettext_lazy("Not answered"),
    Standing.NOT_APPLICABLE: gettext_lazy("Not applicable"),
    Standing.NOT_SCORED: gettext_lazy("Not scored"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A score as a page shows it. `low` and `high` in per cent, None when nothing counts."""

    low: int | None
    high: int | None
    number: str
    words: str
    kind: str
    because: str


def percent(value: Fraction) -> int:
    """Rounded half up, but never up to 100 or down to 0 for what is not quite there."""
    whole = int(value * 100 + Fraction(1, 2))
    if whole == 100 and value < 1:
        return 99
    return 1 if whole == 0 and value > 0 else whole


def shown(score: Score) -> Shown:
    """The numbers, a word for them, and what leaves them open."""
    bands = score.bands
    if score.low is None or score.high is None or bands is None:
        return Shown(None, None, _("no score"), _("nothing that counts"), "neutral", "")
    low, high = percent(score.low), percent(score.high)
    number = f"{low} %" if low == high else f"{low}–{high} %"
    if bands[0] == bands[1]:
        words, kind = str(BAND_WORDS[bands[0]]), BAND_KINDS[bands[0]]
    else:
        words = _("between %(low)s and %(high)s") % {"low": BAND_WORDS[bands[0]], "high": BAND_WORDS[bands[1]]}
        kind = "neutral"
    return Shown(low, high, number, words, kind, _because(score))


def _because(score: Score) -> str:
    open_count = score.count(Standing.UNANSWERED)
    uncertain = score.count(Standing.UNCERTAIN)
    parts = []
    if open_count:
        parts.append(ngettext("%(n)s not answered", "%(n)s not answered", open_count) % {"n": open_count})
    if uncertain:
        parts.append(ngettext("%(n)s uncertain", "%(n)s uncertain", uncertain) % {"n": uncertain})
    return _("; ").join(parts)
