"""The limits of what readers bring, as the operator set them, told in the reader's language."""

from __future__ import annotations

import os

from app.messages import show_error
from geo.errors import InputError
from geo.intake.limits import Limits, describe_limit, limits_from
from geo.view import Language
from layers.telling import tell


def find_limits(language: Language) -> Limits:
    """Read the limits that the operator set; where a setting is at fault, say so and take the usual ones."""
    try:
        return limits_from(os.environ)
    except InputError as error:
        show_error(error, language)
        return Limits()


def describe_limit_in(name: str, limits: Limits, language: Language) -> str:
    """Tell a limit in a language, as a reader counts it."""
    told = describe_limit(name, limits)
    return tell(told, language) or told
