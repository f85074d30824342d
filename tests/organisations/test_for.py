"""`?for=<slug>`: a link in a mail opens in the organisation that it is about."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def test_a_member_of_two_lands_in_the_one_that_the_link_names(
    officer: User, firm: Organisation, other_firm: Organisation, client_for: Callable[..., Client]
) -> None:
    MembershipFactory(organisation=other_firm, user=officer, role="officer")
    client = client_for(officer, firm)
    assert client.get(f"/dashboard/?for={other_firm.slug}").context["organisation"] == other_firm
    assert client.get("/dashboard/").context["organisation"] == other_firm


def test_nobody_enters_an_organisation_by_its_name(
    officer: User, firm: Organisation, other_firm: Organisation, client_for: Callable[..., Client]
) -> None:
    assert client_for(officer).get(f"/dashboard/?for={other_firm.slug}").context["organisation"] == firm
