"""`python -m benchmarks [name …]`: each benchmark in turn, or one with its arguments.

python -m benchmarks
python -m benchmarks search --rows 110000
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("__"))


def main(arguments: list[str]) -> int:
    """1 when a benchmark broke down, 2 when there is none of that name."""
    if arguments and arguments[0] not in NAMES:
        print(f"There is no benchmark “{arguments[0]}”. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    chosen, options = ([arguments[0]], arguments[1:]) if arguments else (NAMES, [])
    broken = [name for name in chosen if run(name, options)]
    if broken:
        print(f"\nBroken: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def run(name: str, options: list[str]) -> int:
    """The exit state of one benchmark, in a process of its own."""
    print(f"\n== {name} " + "=" * (74 - len(name)), flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}", *options]
    return subprocess.run(command, cwd=HERE.parent, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
