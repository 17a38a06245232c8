"""Files that are made once they are asked for; where one cannot be made, its button's part says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Event

import streamlit as st

from app.messages import show_error
from geo.errors import InputError
from geo.view import Language
from layers.words import read_words

_LONGEST_START_S = 5.0
_PAUSE_S = 0.25


@dataclass
class Making:
    """One offer of a file, and what becomes of it: the server makes it in a thread that knows nothing of the page.

    Parameters
    ----------
    file_name
        Of the file.
    begun, ended
        Set once somebody makes the file, and once that is over.
    fault
        What went wrong.
    """

    file_name: str
    begun: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    fault: Exception | None = None

    def run(self, make: Callable[[], bytes]) -> bytes:
        """Make the file, and keep what goes wrong for whoever waits."""
        self.begun.set()
        try:
            return make()
        except Exception as error:
            self.fault = error
            raise
        finally:
            self.ended.set()


@st.fragment
def offer_file(
    label: str, make: Callable[[], bytes], file_name: str, media_type: str, *, key: str, language: Language
) -> None:
    """Offer a file that is made when it is asked for, and tell below why it cannot be made.

    The button's part runs alone: it waits for what becomes of the file, and ends early when the reader does something
    else.

    Parameters
    ----------
    label
        Of the button.
    make
        Makes the file.
    file_name, media_type
        Of the file.
    key
        Of the button.
    language
        Of what is told.
    """
    state = st.session_state
    offered: Making | None = state.get(f"offered-{key}")
    making = Making(file_name)
    state[f"offered-{key}"] = making
    if st.download_button(label, data=partial(making.run, make), file_name=file_name, mime=media_type, key=key):
        state[f"asked-{key}"] = offered
        _wait_for(offered)
    asked: Making | None = state.get(f"asked-{key}")
    if asked is not None and asked.fault is not None and asked.file_name == file_name:
        _show_fault(asked.fault, language)


def _wait_for(making: Making | None) -> None:
    place = st.empty()
    if making is None or not making.begun.wait(_LONGEST_START_S):
        return
    while not making.ended.wait(_PAUSE_S):
        # whatever is shown lets Streamlit end this run where another is asked for
        place.empty()


def _show_fault(fault: Exception, language: Language) -> None:
    if isinstance(fault, InputError):
        show_error(fault, language)
    else:
        st.error(read_words(language)["file-fault"])
