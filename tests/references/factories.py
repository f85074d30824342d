"""Rows of the address book for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from portal.core.texts import i18n
from portal.references.models import Address


class AddressFactory(DjangoModelFactory[Address]):
    """An address whose page is the home page."""

    class Meta:
        model = Address

    key = factory.Sequence(lambda number: f"us-ear/744.{number}")
    kind = "provision"
    title = factory.LazyAttribute(lambda row: i18n({"en": f"Title of {row.key}", "zh-hans": f"{row.key} 的标题"}))
    gist = factory.LazyFunction(lambda: i18n({"en": "What it says.", "zh-hans": "其内容。"}))
    route = "pages:home"
    arguments: Any = factory.LazyFunction(dict)
