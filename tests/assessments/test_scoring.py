"""Scoring: bounds, narrowing, order, and the worth of each kind of answer."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.assessments import scoring
from portal.assessments.scoring import Asked, Band, Given, Standing

OPTIONS = {"a": Fraction(1), "b": Fraction(3, 5), "c": Fraction(0)}


def asked(**facts):
    return Asked(**{"label": "q", "type": "scale", **facts})


@st.composite
def pairs(draw):
    """A question and an answer to it, or none."""
    type_ = draw(st.sampled_from(["scale", "single", "multiple", "text"]))
    weight = Fraction(draw(st.integers(0, 5)), draw(st.integers(1, 4)))
    question = Asked(str(draw(st.integers(0, 10**9))), type_, weight, OPTIONS if type_ != "scale" else None)
    values = {
        "scale": st.sampled_from([None, *scoring.SCALE]),
        "single": st.sampled_from([None, "a", "b", "c"]),
        "multiple": st.lists(st.sampled_from("abc"), unique=True),
        "text": st.sampled_from([None, "words"]),
    }
    given_ = draw(st.one_of(st.none(), st.just(Given(None, not_applicable=True)), st.builds(Given, values[type_])))
    return question, given_


def score_of(rows):
    return scoring.score(scoring.part(question, answer) for question, answer in rows)


@given(st.lists(pairs()))
def test_low_and_high_stay_in_bounds(rows):
    made = score_of(rows)
    if made.low is None:
        assert made.weight == 0
    else:
        assert 0 <= made.low <= made.high <= 1


@given(st.lists(pairs(), min_size=1), st.randoms())
def test_order_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    one, other = score_of(rows), score_of(shuffled)
    assert (one.low, one.high, one.weight) == (other.low, other.high, other.weight)


@given(st.lists(pairs()), pairs())
def test_answering_never_widens(rows, last):
    question, answer = last
    before, after = score_of([*rows, (question, None)]), score_of([*rows, (question, answer)])
    if before.low is None or after.low is None:
        return
    assert before.low <= after.low
    assert after.high <= before.high


@given(st.lists(pairs()))
def test_a_score_opens_down_to_its_answers(rows):
    made = score_of(rows)
    counted = [part for part in made.parts if part.counts]
    assert made.weight == sum(part.weight for part in counted)
    if counted:
        assert made.low == sum(part.weight * part.low for part in counted) / made.weight


@pytest.mark.parametrize(
    ("value", "low", "high"), [("yes", 1, 1), ("partly", 0.5, 0.5), ("no", 0, 0), ("uncertain", 0, 1), (None, 0, 1)]
)
def test_worth_of_the_scale(value, low, high):
    made = scoring.part(asked(), Given(value))
    assert (made.low, made.high) == (low, high)


def test_no_uncertain_and_unanswered_are_told_apart():
    standings = [scoring.part(asked(), Given(value)).standing for value in ("no", "uncertain", None)]
    assert standings == [Standing.ANSWERED, Standing.UNCERTAIN, Standing.UNANSWERED]


def test_what_does_not_apply_leaves_the_sum():
    parts = [scoring.part(asked(), Given("no")), scoring.part(asked(weight=Fraction(9)), Given(not_applicable=True))]
    assert scoring.score(parts).high == 0


def test_several_options_add_up_to_one_at_most():
    question = asked(type="multiple", options=OPTIONS)
    assert scoring.part(question, Given(["b"])).low == Fraction(3, 5)
    assert scoring.part(question, Given(["a", "b"])).low == 1


def test_an_option_without_score_is_not_scored():
    question = asked(type="single", options={**OPTIONS, "d": None})
    assert scoring.part(question, Given("d")).standing == Standing.NOT_SCORED


def test_an_unknown_word_is_an_error():
    with pytest.raises(KeyError):
        scoring.part(asked(), Given("perhaps"))


def test_nothing_that_counts_gives_no_number():
    made = scoring.score([scoring.part(asked(weight=Fraction(0)), Given("yes"))])
    assert (made.low, made.high, made.bands) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "word"), [(0, Band.WEAK), (0.49, Band.WEAK), (0.5, Band.DEVELOPING), (0.8, Band.STRONG)]
)
def test_bands(value, word):
    assert scoring.band(Fraction(value).limit_denominator(100)) == word


def test_gaps_by_weight_then_by_how_weak():
    parts = [
        scoring.part(asked(label="light"), Given("no")),
        scoring.part(asked(label="partly", weight=Fraction(2)), Given("partly")),
        scoring.part(asked(label="heavy", weight=Fraction(2)), Given("no")),
        scoring.part(asked(label="fine", weight=Fraction(2)), Given("yes")),
    ]
    assert [gap.label for gap in scoring.gaps(parts)] == ["heavy", "partly", "light"]
