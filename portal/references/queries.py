"""Reads: what stands at a key, what a thing rests on, what rests on it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from portal.core.errors import NotFound
from portal.references.models import Address, Citation, Label


@dataclass(frozen=True, slots=True)
class Cited:
    """One line of the rests-on rail."""

    address: Address
    role: str


def addresses(keys: Iterable[str]) -> dict[str, Address]:
    """The addresses of these keys, in one query; keys that do not exist are left out, aliases are followed."""
    wanted = set(keys)
    found = {address.key: address for address in Address.objects.filter(key__in=wanted)} if wanted else {}
    aliases = {key: address.alias_of for key, address in found.items() if address.alias_of}
    if aliases:
        real = {address.key: address for address in Address.objects.filter(key__in=set(aliases.values()))}
        found |= {key: real[target] for key, target in aliases.items() if target in real}
    return found


def address(key: str) -> Address:
    """The address of one key. NotFound when there is none."""
    try:
        return addresses([key])[key]
    except KeyError:
        raise NotFound(f"There is nothing at the address “{key}”.") from None


def rests_on(key: str, version: str | None = None) -> list[Cited]:
    """What this thing cites, in order of kind and key. Two queries at most."""
    return _cited(_cites(key, version))


def _cites(key: str, version: str | None) -> list[tuple[str, str]]:
    rows = Citation.objects.filter(source_key=key)
    if version is not None:
        rows = rows.filter(source_version=version)
    return list(dict.fromkeys(rows.order_by("target_key").values_list("target_key", "role")))


def rests_on_and_own(key: str, version: str | None = None) -> tuple[list[Cited], Address | None]:
    """What this thing cites, and its own address. Two queries, three with aliases."""
    pairs = _cites(key, version)
    book = addresses([key, *(target for target, _ in pairs)])
    return _lines(pairs, book), book.get(key)


def rests_on_this(*keys: str) -> list[Cited]:
    """What cites any of these keys, in order of kind and key. Two queries at most."""
    rows = Citation.objects.filter(target_key__in=keys).order_by("source_key")
    pairs = list(dict.fromkeys(rows.values_list("source_key", "role")))
    return _cited(pairs)


def citations_of(key: str, *, below: bool = False) -> QuerySet[Citation]:
    """The citations of a key; with `below`, of the keys that begin with it too: the articles of a law."""
    here = Q(target_key=key)
    return Citation.objects.filter(here | Q(target_key__startswith=f"{key}/") if below else here)


def citing_addresses(citations: QuerySet[Citation]) -> QuerySet[Address]:
    """What makes these citations, each thing once, in order of kind and key."""
    return Address.objects.filter(key__in=citations.values("source_key")).order_by("kind", "key")


def counts_by_kind(keys: Iterable[str]) -> dict[str, int]:
    """How many things cite each of these keys, in one query."""
    rows = Citation.objects.filter(target_key__in=list(keys)).values("target_key")
    return {row["target_key"]: row["n"] for row in rows.annotate(n=Count("source_key", distinct=True))}


def _cited(pairs: list[tuple[str, str]]) -> list[Cited]:
    return _lines(pairs, addresses(key for key, _ in pairs))


def _lines(pairs: list[tuple[str, str]], book: dict[str, Address]) -> list[Cited]:
    lines = [Cited(book[key], role) for key, role in pairs if key in book]
    return sorted(lines, key=lambda line: (line.address.kind, line.address.key))


def labels(*groups: str) -> dict[str, dict[str, object]]:
    """The words of these vocabularies, group -> value -> bilingual label, in their order; one query."""
    found: dict[str, dict[str, object]] = {group: {} for group in groups}
    for row in Label.objects.filter(group__in=groups).order_by("group", "position"):
        found[row.group][row.value] = row.label
    return found
