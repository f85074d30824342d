"""The rules of the house that no linter knows: docs/architecture.md."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import partial
from inspect import unwrap
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignObject, Model
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
OURS = [config for config in apps.get_app_configs() if config.name.startswith("portal.")]
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
# Height of each app: the ground floor is 0.
HEIGHT = {
    name.strip(" ()"): height for height, row in enumerate(reversed(CONTRACT["layers"])) for name in row.split("|")
}
MODELS = [model for config in OURS for model in config.get_models()]


def points_down(source: type[Model], target: type[Model]) -> bool:
    """Whether a row of `source` may hold a key of `target`: its own app, a lower one, or Django's."""
    here, there = source._meta.app_label, target._meta.app_label
    return here == there or there not in HEIGHT or HEIGHT[there] < HEIGHT[here]


def test_every_app_has_a_floor() -> None:
    assert {config.label for config in OURS} <= HEIGHT.keys()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_downwards(model: type[Model]) -> None:
    """String references hide from the import linter; the registry knows them."""
    upwards = [
        f"{field.name} -> {field.related_model._meta.label}"
        for field in [*model._meta.get_fields()]
        if (isinstance(field, ForeignObject) or field.many_to_many)
        and not field.auto_created
        and not points_down(model, field.related_model)
    ]
    assert upwards == []


def test_the_rule_of_foreign_keys_can_fail() -> None:
    membership, user = apps.get_model("organisations", "Membership"), apps.get_model("accounts", "User")
    assert points_down(membership, user)
    assert not points_down(user, membership)


# --- Addresses -------------------------------------------------------------------------------------


def patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], URLPattern]]:
    """Every address with the namespaces above it."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            below = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from patterns(entry, below)
        else:
            yield spaces, entry


def views_of_ours() -> list[tuple[tuple[str, ...], URLPattern]]:
    """The addresses that lead to a view of the portal."""
    return [
        (spaces, entry)
        for spaces, entry in patterns(get_resolver())
        if getattr(entry.callback, "__module__", "").startswith("portal.")
    ]


def test_addresses_stand_in_the_namespace_of_their_app() -> None:
    """`health` and `ready` are for machines, the mailbox for development; the developers page belongs to the api."""
    allowed = {"pages": {(), ("pages",), ("mailbox",)}, "api": {("api",), ("developers",)}}
    astray = [
        f"{entry.callback.__module__}.{entry.name} in {spaces}"
        for spaces, entry in views_of_ours()
        if spaces not in allowed.get(app := entry.callback.__module__.split(".")[1], {(app,)})
    ]
    assert astray == []


def test_names_pair_up() -> None:
    """`app:thing` is the view `thing()`."""
    unlike = [
        f"{entry.callback.__module__}.{view.__name__} is named {entry.name}"
        for _spaces, entry in views_of_ours()
        if not isinstance(entry.callback, partial)
        and not hasattr(entry.callback, "view_class")
        and hasattr(view := unwrap(entry.callback), "__name__")
        and view.__module__.endswith("views")
        and view.__name__ != entry.name
    ]
    assert unlike == []


# --- Templates -------------------------------------------------------------------------------------

INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\b(?:src\s*=|type=\"application/))",
    re.IGNORECASE,
)
MAIL = re.compile(r"/(mail|mails|email|emails)/")


def inline(text: str) -> list[str]:
    """The inline scripts and styles of a template; Django's comments are not looked at."""
    bare = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", text, flags=re.DOTALL)
    return [bare[max(found.start() - 20, 0) : found.end() + 30] for found in INLINE.finditer(bare)]


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "templates").rglob("*.html")) if not MAIL.search(str(path))],
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_no_template_has_inline_script_or_style(path: Path) -> None:
    """The content-security policy forbids both. Mails are no pages: a mail has no style sheet beside it."""
    assert inline(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('<p style="color: red">', 1),
        ("<style>p {}</style>", 1),
        ("<script>alert(1)</script>", 1),
        ('<a onclick="go()">', 1),
        ('<script type="module" src="/x.js"></script>', 0),
        ('<svg stroke="red" font-size="2">', 0),
        ("<p>{{ option }} = 1</p>", 0),
    ],
)
def test_inline_is_found(text: str, number: int) -> None:
    assert len(inline(text)) == number


# --- Background work -------------------------------------------------------------------------------


def built(task: str) -> bool:
    """Whether the app of a task has rows already; before that its tasks may only be planned."""
    app = task.split(".", maxsplit=1)[0]
    return (ROOT / "portal" / app / "models.py").exists() or (ROOT / "portal" / app / "models").is_dir()


def known_tasks() -> set[str]:
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith(("celery.", "tests."))}


def enqueued() -> Iterator[tuple[str, str]]:
    """(place, task) of every `enqueue("…")` in the portal."""
    for path in sorted((ROOT / "portal").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "enqueue":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", str(node.args[0].value)


def test_tasks_of_the_schedule_exist() -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {name for name in scheduled if built(name)} <= known_tasks()
    assert "accounts.clear_sessions" in scheduled


def test_tasks_that_are_enqueued_exist() -> None:
    tasks = known_tasks()
    assert [(place, name) for place, name in enqueued() if name not in tasks] == []


def test_tasks_are_named_after_their_app() -> None:
    named = {
        name: task.__module__.split(".")[1]
        for name, task in current_app.tasks.items()
        if task.__module__.startswith("portal.")
    }
    assert {name for name, app in named.items() if not name.startswith(f"{app}.")} == set()


# --- Files -----------------------------------------------------------------------------------------


def test_no_drawer_for_odds_and_ends() -> None:
    banned = {"utils", "helpers", "common", "misc"}
    assert [path for path in (ROOT / "portal").rglob("*") if path.stem in banned] == []
