"""What the rows were made from: the files of the library, and the code that turns them into rows.

The first tells whether anything has to be read at all; the second, whether unchanged files must be applied anew.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

LOADERS = (
    *("core/authored.py", "core/markdown.py", "references/authored.py", "library/*.py"),
    *("*/importing.py", "*/importing/*.py"),
    *("guidance/naming.py", "guidance/actions/outlines.py", "guidance/statutes/outline.py"),
)


def of_files(root: Path) -> str:
    """The sum of all files below a folder, names and bytes."""
    return _sum(root, (path for path in root.rglob("*") if path.is_file()))


def of_loaders() -> str:
    """The sum of the modules that turn files into rows."""
    root = Path(settings.BASE_DIR) / "portal"
    return _sum(root, (path for pattern in LOADERS for path in root.glob(pattern)))


def _sum(root: Path, paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
