"""PDF files from Typst templates in templates/pdf/.

Data reaches a template as JSON in `sys.inputs.data` and is shown as text there: words that people wrote are never
pasted into markup. Fonts come from packages, not from the machine, so that a file looks the same everywhere.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

ROOT = Path(settings.BASE_DIR) / "templates" / "pdf"


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
