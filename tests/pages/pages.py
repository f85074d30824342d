"""Reading a page as a test needs it."""

import re
from html.parser import HTMLParser

from django.http import HttpResponse


class Page(HTMLParser):
    """The elements of an answer: `elements` is a list of (tag, attributes)."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.text = answer.content.decode()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of all elements with this tag and these attributes."""
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(key) == value for key, value in attributes.items())
        ]

    @property
    def title(self) -> str:
        match = re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)
        return " ".join(match[1].split()) if match else ""
