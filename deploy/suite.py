"""Runs the tests with what they need.

    python -m deploy.suite [--postgres | --e2e] [pytest arguments]

The tests never touch a Redis or a database that somebody uses: Redis is always a private one, and the
database is SQLite in a folder of its own, or with `--postgres` a test database on the server of DATABASE_URL
or on a throwaway cluster.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from deploy.services import ServiceError, postgres, redis

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """The exit state of pytest."""
    kind = arguments.pop(0) if arguments and arguments[0] in {"--postgres", "--e2e"} else ""
    environment = {**os.environ, "TESTING": "true"}
    with ExitStack() as stack:
        environment["TEST_REDIS_URL"] = stack.enter_context(redis(ambient=False, tcp=True))
        environment.pop("REDIS_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        if kind == "--postgres":
            environment["DATABASE_URL"] = stack.enter_context(postgres())
        else:
            environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "pytest", *options(kind), *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def options(kind: str) -> list[str]:
    """What pytest is told for each kind of run."""
    if kind == "--e2e":
        return ["tests/e2e", "tests/deploy", "-m", "e2e", "-p", "no:randomly", "--durations=5"]
    return ["-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "loadgroup", "--durations=10"]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServiceError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
