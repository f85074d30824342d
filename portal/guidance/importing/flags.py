"""content/guidance/red-flags.yaml -> red flags by category."""

import datetime as dt
from collections.abc import Iterable, Iterator

from pydantic import model_validator

from portal.core import markdown
from portal.core.authored import Cite, Citing, KeyText, Loaded, Loc, Record, Slug, SourcedRecord, Text
from portal.core.texts import i18n
from portal.guidance.importing.compilations import say_where_from
from portal.guidance.models import FlagCategory, RedFlag
from portal.references.authored import Shelf
from portal.references.models import Address


class CategoryRecord(Record):
    slug: Slug
    name: Text


class FlagRecord(Record):
    slug: Slug
    category: Slug
    text: Text
    why: Text
    next: Text
    frameworks: list[KeyText] = []
    contexts: list[str] = []
    cites: list[Cite] = []
    to_check: bool = False


class FlagsRecord(SourcedRecord):
    categories: list[CategoryRecord]
    steps: list[Text] = []
    flags: list[FlagRecord]

    @model_validator(mode="after")
    def known(self) -> "FlagsRecord":
        """Every flag stands in a category of this file."""
        names = {row.slug for row in self.categories}
        unknown = sorted({row.category for row in self.flags} - names)
        if unknown:
            raise ValueError(f"there is no category {', '.join(unknown)}; there are {', '.join(sorted(names))}")
        return self


def addresses(loaded: Loaded) -> Iterable[Address]:
    for row in loaded.record.flags:
        yield Address(
            key=f"flag/{row.slug}",
            kind="flag",
            title=i18n({code: markdown.plain(words) for code, words in row.text.items()}),
            gist=i18n({code: markdown.plain(words) for code, words in row.next.items()}),
            route="guidance:red_flag",
            arguments={"slug": row.slug},
        )


def citing(loaded: Loaded) -> Iterable[Citing]:
    for number, row in enumerate(loaded.record.flags):
        loc: Loc = ("flags", number)
        texts = [((*loc, name), getattr(row, name)) for name in ("text", "why", "next")]
        yield (
            Citing(f"flag/{row.slug}", role="see-also", texts=texts)
            .also((*loc, "frameworks"), row.frameworks, "basis")
            .cites((*loc, "cites"), row.cites)
        )


def values(loaded: Loaded) -> Iterator[tuple[Loc, str, str]]:
    for number, row in enumerate(loaded.record.flags):
        for place, value in enumerate(row.contexts):
            yield ("flags", number, "contexts", place), "flag_contexts", value


def apply(loaded: list[Loaded]) -> None:
    for file in loaded:
        record: FlagsRecord = file.record
        FlagCategory.objects.bulk_create(
            [
                FlagCategory(slug=row.slug, name=i18n(row.name), position=position)
                for position, row in enumerate(record.categories)
            ],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=["name", "position"],
        )
        categories = dict(FlagCategory.objects.values_list("slug", "pk"))
        order = {row.slug: position for position, row in enumerate(record.categories)}
        listed = sorted(record.flags, key=lambda row: order[row.category])
        RedFlag.objects.bulk_create(
            [
                RedFlag(
                    slug=row.slug,
                    category_id=categories[row.category],
                    position=position,
                    text=i18n(row.text),
                    why=i18n(row.why),
                    next=i18n(row.next),
                    frameworks=row.frameworks,
                    contexts=row.contexts,
                    to_check=row.to_check,
                )
                for position, row in enumerate(listed)
            ],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=[
                *("category", "position", "text", "why", "next", "frameworks", "contexts", "to_check", "withdrawn_on")
            ],
        )
    say_where_from("red-flags", loaded)


def withdraw(keys: set[str], on: dt.date) -> None:
    RedFlag.objects.filter(slug__in=[key.partition("/")[2] for key in keys]).update(withdrawn_on=on)


SHELF = Shelf(
    name="red-flags",
    pattern="guidance/red-flags.yaml",
    record=FlagsRecord,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
    values=values,
)
