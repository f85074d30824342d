"""What a person keeps, what an organisation asks, and what its people say that they have read."""

from portal.reading.actions.acknowledging import acknowledge
from portal.reading.actions.asking import ask, ask_again, ask_newcomers, withdraw
from portal.reading.actions.keeping import (
    delete_note,
    forget,
    put_back,
    refresh_bookmark,
    remove_bookmark,
    save_bookmark,
    sweep_removed,
    write_note,
)
from portal.reading.actions.reminding import remind

__all__ = [
    "acknowledge",
    "ask",
    "ask_again",
    "ask_newcomers",
    "delete_note",
    "forget",
    "put_back",
    "refresh_bookmark",
    "remind",
    "remove_bookmark",
    "save_bookmark",
    "sweep_removed",
    "withdraw",
    "write_note",
]
