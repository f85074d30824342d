"""The benchmarks run in the environment of the tests, with their fixtures."""

from tests.conftest import *  # noqa: F403
