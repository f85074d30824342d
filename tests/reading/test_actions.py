"""Asking, acknowledging, withdrawing; asking again, asking newcomers: what is written, and what is refused."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from portal.accounts.models import PersonalMail
from portal.core.errors import Conflict, NotAllowed, NotFound, PortalError
from portal.core.models import AuditEvent
from portal.organisations import actions as organisations
from portal.organisations.models import Membership, Role
from portal.reading import actions, queries
from portal.reading.models import Acknowledgement, Asked, Cycle, ReadingRequest
from portal.references.actions import withdraw
from tests.factories import MembershipFactory
from tests.reading.factories import KEY, acknowledge, ask, asked_of, make_guideline, overdue, shown
from tests.references.factories import AddressFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guideline():
    return make_guideline()


def people(request: ReadingRequest) -> set[int]:
    """Who is asked in the newest cycle."""
    return set(
        Asked.objects.filter(cycle__request=request, cycle__number=request.rounds).values_list("person", flat=True)
    )


def states(request: ReadingRequest) -> dict[int, str]:
    """Person -> state in the newest cycle."""
    request.refresh_from_db()
    lines = queries.lines(request, on=timezone.localdate())
    return {line.asked.person_id: line.state for line in lines if line.asked.cycle.number == request.rounds}


# --- Asking ----------------------------------------------------------------------------------------


def test_everybody_but_auditors(firm, owner, officer, learner, auditor) -> None:
    assert people(ask(firm, officer)) == {owner.pk, officer.pk, learner.pk}


def test_certain_roles(firm, officer, learner, auditor) -> None:
    assert people(ask(firm, officer, audience="roles", roles=["learner", "auditor"])) == {learner.pk, auditor.pk}


def test_certain_people_of_this_firm(firm, officer, learner, outsider) -> None:
    assert people(ask(firm, officer, audience="chosen", people=[learner, outsider])) == {learner.pk}


def test_it_is_on_the_trail(firm, officer) -> None:
    made = ask(firm, officer)
    event = AuditEvent.objects.get(event="reading.asked")
    assert (event.actor_key, event.organisation_key) == (officer.actor.key, firm.key)
    assert event.target_key == f"reading/{made.ref}"
    assert event.details["key"] == KEY


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEARNER, Role.AUDITOR])
def test_who_may_not_ask(firm, role) -> None:
    person = MembershipFactory(organisation=firm, role=role).user
    with pytest.raises(NotAllowed):
        ask(firm, person)


def test_not_for_another_firm(firm, outsider) -> None:
    with pytest.raises(NotAllowed):
        ask(firm, outsider)


def test_the_same_form_twice_asks_once(firm, officer) -> None:
    ref = uuid.uuid4()
    assert ask(firm, officer, ref=ref).pk == ask(firm, officer, ref=ref).pk
    assert Cycle.objects.count() == 1


def test_the_ref_of_another_firm_tells_nothing(firm, officer, other_firm, outsider) -> None:
    made = ask(firm, officer)
    with pytest.raises(NotFound):
        ask(other_firm, outsider, ref=made.ref)


def test_refusals(firm, officer) -> None:
    AddressFactory(key="event/2020", kind="event")
    with pytest.raises(NotFound):
        ask(firm, officer, key="guide/nothing")
    with pytest.raises(PortalError, match="no page of its own"):
        ask(firm, officer, key="event/2020")
    with pytest.raises(PortalError, match="day has passed"):
        ask(firm, officer, days=-1)
    with pytest.raises(PortalError, match="Nobody would be asked"):
        ask(firm, officer, audience="roles", roles=["learner"])
    withdraw([KEY], on=timezone.localdate())
    with pytest.raises(PortalError, match="was withdrawn"):
        ask(firm, officer)
    assert not ReadingRequest.objects.exists()
    assert not PersonalMail.objects.exists()


# --- Acknowledging ---------------------------------------------------------------------------------


def test_what_is_recorded(firm, officer, learner) -> None:
    made = ask(firm, officer)
    row = acknowledge(learner, "zh-hans")
    assert (row.person_name, row.key, row.version, row.language) == (learner.name, KEY, "1", "zh-hans")
    assert row.digest == shown(language="zh-hans")["digest"]
    assert states(made)[learner.pk] == "acknowledged"
    event = AuditEvent.objects.get(event="reading.acknowledged")
    assert (event.actor_key, event.target_key) == (learner.actor.key, made.target)


def test_twice_is_once(firm, officer, learner) -> None:
    ask(firm, officer)
    row = asked_of(learner)
    first = actions.acknowledge(row, by=learner, **shown())
    assert actions.acknowledge(row, by=learner, **shown()).pk == first.pk
    assert AuditEvent.objects.filter(event="reading.acknowledged").count() == 1


def test_nobody_for_another(firm, officer, learner, outsider) -> None:
    ask(firm, officer)
    for person in (officer, outsider):
        with pytest.raises(NotFound):
            actions.acknowledge(asked_of(learner), by=person, **shown())
    assert not Acknowledgement.objects.exists()


def test_other_words_than_those_shown(firm, officer, learner) -> None:
    ask(firm, officer)
    before = shown()
    make_guideline(number=2)
    with pytest.raises(Conflict, match="has changed"):
        actions.acknowledge(asked_of(learner), by=learner, **before)
    assert acknowledge(learner).version == "2"


def test_not_after_withdrawal_and_not_for_an_older_cycle(firm, officer, learner, owner) -> None:
    made = ask(firm, officer, again=True)
    old = asked_of(learner)
    make_guideline(number=2)
    assert actions.ask_again() == 1
    with pytest.raises(Conflict, match="newer version"):
        actions.acknowledge(old, by=learner, **shown())
    new = asked_of(learner)
    actions.withdraw(made, because="Mistake", by=owner)
    with pytest.raises(Conflict, match="withdrawn"):
        actions.acknowledge(new, by=learner, **shown())


def test_who_left_keeps_the_record_and_is_asked_no_more(firm, owner, officer, learner, contributor) -> None:
    made = ask(firm, officer)
    acknowledge(learner)
    row = asked_of(contributor)
    for person in (learner, contributor):
        organisations.remove(Membership.objects.get(user=person), by=owner.actor)
    assert states(made) | {owner.pk: "", officer.pk: ""} == {
        learner.pk: "acknowledged",
        contributor.pk: "left",
        owner.pk: "",
        officer.pk: "",
    }
    with pytest.raises(NotFound):
        actions.acknowledge(row, by=contributor, **shown())
    counted = queries.requests_of(firm, on=timezone.localdate()).get()
    assert (counted.people, counted.done, counted.gone, counted.left) == (4, 1, 1, 2)


def test_of_a_closed_organisation_nothing_waits(firm, owner, officer, learner) -> None:
    ask(firm, officer)
    organisations.close(firm, name=firm.name, by=owner.actor)
    assert not queries.to_read(learner).exists()
    assert actions.remind() == actions.ask_newcomers() == 0


# --- Withdrawing -----------------------------------------------------------------------------------


def test_withdrawing_needs_a_reason_and_is_once(firm, owner, officer, learner) -> None:
    made = ask(firm, officer)
    acknowledge(learner)
    with pytest.raises(PortalError, match="Say why"):
        actions.withdraw(made, because="  ", by=officer)
    actions.withdraw(made, because="Wrong guideline", by=officer)
    actions.withdraw(made, because="Again", by=owner)
    made.refresh_from_db()
    assert (made.withdrawn_because, made.withdrawn_by_name) == ("Wrong guideline", officer.name)
    assert AuditEvent.objects.filter(event="reading.withdrawn").count() == 1
    assert states(made) == {owner.pk: "withdrawn", officer.pk: "withdrawn", learner.pk: "acknowledged"}
    assert not queries.to_read(officer).exists()


def test_who_may_not_withdraw(firm, officer, auditor, outsider) -> None:
    made = ask(firm, officer)
    for person in (auditor, outsider):
        with pytest.raises(NotAllowed):
            actions.withdraw(made, because="x", by=person)


# --- Again, and newcomers --------------------------------------------------------------------------


def test_a_new_edition_opens_a_new_cycle_and_resets_nothing(firm, officer, learner) -> None:
    made = ask(firm, officer, again=True)
    acknowledge(learner)
    assert actions.ask_again() == 0
    make_guideline(number=2)
    assert (actions.ask_again(), actions.ask_again()) == (1, 0)
    assert states(made)[learner.pk] == "open"
    assert Acknowledgement.objects.get().version == "1"
    assert acknowledge(learner).version == "2"
    assert [row.number for row in made.cycles.all()] == [2, 1]
    assert AuditEvent.objects.filter(event="reading.asked_again", actor_key="system").count() == 1


def test_an_edition_of_the_future_opens_it_on_its_day(firm, officer) -> None:
    ask(firm, officer, again=True)
    make_guideline(number=2, effective_on=timezone.localdate() + dt.timedelta(days=1))
    assert actions.ask_again() == 0


def test_who_did_not_ask_for_it_is_not_asked_again(firm, officer) -> None:
    ask(firm, officer)
    make_guideline(number=2)
    assert actions.ask_again() == 0


def test_a_withdrawn_request_or_thing_is_not_asked_again(firm, officer) -> None:
    made = ask(firm, officer, again=True)
    ask(firm, officer, again=True)
    make_guideline(number=2)
    actions.withdraw(made, because="x", by=officer)
    withdraw([KEY], on=timezone.localdate())
    assert actions.ask_again() == 0


def test_chosen_people_are_asked_again_while_they_belong(firm, owner, officer, learner, contributor) -> None:
    made = ask(firm, officer, again=True, audience="chosen", people=[learner, contributor])
    organisations.remove(Membership.objects.get(user=contributor), by=owner.actor)
    make_guideline(number=2)
    actions.ask_again()
    made.refresh_from_db()
    assert people(made) == {learner.pk}


def test_who_joins_later_is_asked_once(firm, officer, auditor) -> None:
    made, chosen = ask(firm, officer), ask(firm, officer, audience="chosen", people=[officer])
    overdue(made, 30)
    late = MembershipFactory(organisation=firm, role=Role.LEARNER).user
    assert (actions.ask_newcomers(), actions.ask_newcomers()) == (1, 0)
    assert people(made) == {officer.pk, late.pk}
    assert people(chosen) == {officer.pk}
    assert asked_of(late).due_on == timezone.localdate() + dt.timedelta(days=14)


def test_who_gets_a_role_is_asked(firm, owner, officer, learner) -> None:
    made = ask(firm, officer, audience="roles", roles=["officer"])
    organisations.change_role(Membership.objects.get(user=learner), role="officer", by=owner.actor)
    assert actions.ask_newcomers() == 1
    assert people(made) == {officer.pk, learner.pk}


def test_nobody_new_costs_one_query(firm, officer, auditor, django_assert_num_queries) -> None:
    for _number in range(30):
        ask(firm, officer)
    with django_assert_num_queries(1):
        assert actions.ask_newcomers() == 0
