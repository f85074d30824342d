"""The desk: where authorities write and publish."""

from portal.desk.views.reviewing import (
    approve,
    correct,
    desk,
    history,
    notice,
    publish,
    return_to_draft,
    submit,
    withdraw,
)
from portal.desk.views.texts import (
    apply_text,
    discard_text,
    new_text,
    take_back_text,
    text,
    text_file,
    text_line,
    texts,
)
from portal.desk.views.writing import draft, keys, preview, revise

__all__ = [
    "apply_text",
    "approve",
    "correct",
    "desk",
    "discard_text",
    "draft",
    "history",
    "keys",
    "new_text",
    "notice",
    "preview",
    "publish",
    "return_to_draft",
    "revise",
    "submit",
    "take_back_text",
    "text",
    "text_file",
    "text_line",
    "texts",
    "withdraw",
]
