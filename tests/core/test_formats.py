"""Numbers as readers of each language write them."""

import pytest
from django.template import Context, Template
from django.utils import translation


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_long_amounts_are_grouped(language: str) -> None:
    with translation.override(language):
        assert Template('{{ n|floatformat:"0g" }}').render(Context({"n": 1192000000})) == "1,192,000,000"
