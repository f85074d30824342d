"""Rows for tests: people and organisations. Each app's own rows are in tests/<app>/factories.py."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from portal.accounts.models import User
from portal.organisations.models import Kind, Membership, Organisation, Role

KEY_OF_AUTHORITY = "authority/cn-mofcom"
PASSWORD = "a-long-enough-phrase"


class UserFactory(DjangoModelFactory[User]):
    """A person with a verified address and the password `PASSWORD`; `UserFactory(verified=False)` without."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    language = "en"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        password = fields.pop("password", PASSWORD)
        return model_class.objects.create_user(password=password, **fields)

    @factory.post_generation
    def verified(self: User, create: bool, extracted: bool | None, **kwargs: Any) -> None:  # type: ignore[misc]
        good = extracted is not False
        if create:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=good)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A firm, unless `kind` says otherwise; an authority speaks under `KEY_OF_AUTHORITY`."""

    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda number: f"organisation-{number}")
    name = factory.Sequence(lambda number: f"Organisation {number}")
    kind = Kind.FIRM
    authority_key = factory.LazyAttribute(lambda row: "authority/cn-mofcom" if row.kind == Kind.AUTHORITY else "")


class MembershipFactory(DjangoModelFactory[Membership]):
    """A new person who belongs to a new firm as its compliance officer."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.OFFICER
