"""PDF files from Typst templates in templates/pdf/.

Data reaches a template as JSON in `sys.inputs.data` and is shown as text there: words that people wrote are never
pasted into markup. Fonts come from packages, not from the machine, so that a file looks the same everywhere.
"""

import json
import os
import tempfile
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from portal.core.errors import PortalError

ROOT = Path(settings.BASE_DIR) / "templates" / "pdf"
PATIENCE = 15.0  # seconds that a reader waits while others' documents are made
_AT_WORK = BoundedSemaphore(1)  # a process makes one at a time: anybody may ask for any date
KEPT = 300  # files at most; the one that was asked for longest ago goes


class Busy(PortalError):
    """Too many documents at once."""

    status = 503
    code = "busy"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of the wheel and of Typst itself; reading them takes longer than a small document."""
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def compile(template: str, data: dict[str, Any], language: str) -> bytes:  # noqa: A001 - pdf.compile() is what it does
    """The PDF of `templates/pdf/<template>` with this data, as tagged PDF.

    `data` may hold whatever Django can write as JSON, lazy translations included. In the template:
    `#import "page.typ": data, language, page-of` and `#show: page-of.with(title: data.title)`. RuntimeError when the
    template is broken: that is a fault of ours, never of the data.
    """
    inputs = {"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False), "language": language}
    return typst.compile(ROOT / template, root=ROOT, font_paths=_fonts(), sys_inputs=inputs, format="pdf")


def kept(template: str, data: dict[str, Any], language: str) -> bytes:
    """As `compile`, but made only once: the file is kept under the digest of its words and templates.

    For published texts, which anybody may ask for and which take seconds when they are long. Never for what belongs to
    one organisation: the files lie in the clear, below VAR_DIR. Busy when others have waited long enough.
    """
    words = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    digest = blake2b(repr((_templates(), template, language, words)).encode(), digest_size=20).hexdigest()
    folder = Path(settings.VAR_DIR) / "pdf"
    file = folder / f"{digest}.pdf"
    try:
        made = file.read_bytes()
        os.utime(file)
        return made
    except FileNotFoundError:
        pass
    if not _AT_WORK.acquire(timeout=PATIENCE):
        raise Busy(_("Many documents are being made right now. Try again in a minute."))
    try:
        made = compile(template, data, language)
    finally:
        _AT_WORK.release()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        part.write(made)
    Path(part.name).replace(file)  # readers see all of it or nothing
    _make_room(folder)
    return made


@lru_cache(maxsize=1)
def _templates() -> str:
    """The digest of all templates: a new release makes its files anew."""
    together = blake2b(digest_size=20)
    for file in sorted(ROOT.glob("*.typ")):
        together.update(file.read_bytes())
    return together.hexdigest()


def _make_room(folder: Path) -> None:
    """Drop the files asked for longest ago. Another process may do the same at the same time."""
    aged = []
    for file in folder.glob("*.pdf"):
        try:
            aged.append((file.stat().st_mtime, file))
        except FileNotFoundError:
            continue
    for _at, file in sorted(aged, reverse=True)[KEPT:]:
        file.unlink(missing_ok=True)
