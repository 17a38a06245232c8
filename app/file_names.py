"""Names of the files that readers bring."""

from __future__ import annotations

from streamlit.typing import UploadedFile


def name_of(file: UploadedFile) -> str:
    """Return a file's name as its owner has it: in a form browsers write three signs of it as escapes.

    A NUL, which no file's name holds and only a client other than a browser sends, becomes U+FFFD.

    References
    ----------
    HTML Standard, multipart/form-data encoding algorithm; ``%`` itself stays as it is, so that a name which holds such
    an escape cannot be told from one which holds the sign. Of two backslashes side by side Streamlit's server hands on
    one, and of a name that begins like a whole path of Windows its last part.
    """
    name: str = file.name
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
