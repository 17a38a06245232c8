"""Cut the Arabic and Hebrew letters that the page needs out of Noto Sans, so that it shows them on any machine.

Run: ``python -m tools.make_fonts NODE_MODULES``, where NODE_MODULES holds the npm packages
``@fontsource/noto-sans-arabic`` and ``@fontsource/noto-sans-hebrew`` (SIL Open Font License 1.1).
Needs the packages ``fonttools`` and ``brotli``.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "layers" / "assets" / "fonts"

# letters, vowel marks, digits and the punctuation of each script, and the marks of direction
RANGES = {
    "arabic": "U+0020-0040,U+00AB,U+00BB,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-0669,U+0670,U+0671,"
    "U+067E,U+0686,U+0698,U+06A9,U+06AF,U+06CC,U+200C-200F",
    "hebrew": "U+0020-0040,U+05BE,U+05D0-05EA,U+05F3,U+05F4,U+200E,U+200F",
}


def cut_font(packages: Path, script: str) -> Path:
    """Write the part of a script's font that the page needs.

    Parameters
    ----------
    packages
        The folder ``node_modules``.
    script
        A key of `RANGES`.
    """
    name = f"noto-sans-{script}"
    package = packages / "@fontsource" / name
    target = FONTS / f"{name}.woff2"
    command = [
        *(sys.executable, "-m", "fontTools.subset", str(package / "files" / f"{name}-{script}-400-normal.woff2")),
        *(f"--unicodes={RANGES[script]}", "--layout-features=*", "--flavor=woff2", f"--output-file={target}"),
    ]
    subprocess.run(command, check=True)
    shutil.copy(package / "LICENSE", FONTS / f"{name}-LICENSE.txt")
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Cut the page's Arabic and Hebrew fonts.")
    parser.add_argument("packages", type=Path, metavar="NODE_MODULES")
    folder = parser.parse_args().packages
    for each in RANGES:
        print(cut_font(folder, each))
