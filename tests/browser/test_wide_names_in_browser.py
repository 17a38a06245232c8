"""Names that could pass for another mark's: of wide areas, of towns that stay, and beside dots seen from near."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from geo.view import Language, View
from tests.browser.pages import DESKTOP, ON_ITS_SIDE_SIZES, PHONE, opened

pytestmark = pytest.mark.browser
