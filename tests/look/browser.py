"""Pictures of pages as Chromium shows them, and where two of them differ."""

from __future__ import annotations

import shutil
import subprocess
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageFilter

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WITHOUT = "no Chromium is installed (Debian: apt-get install chromium)"

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
# The window holds a bar besides the page, and what it hides at the lower end of a picture is not shown.
_BAR = 150
# Chromium gives each element's text a width of whole 64ths of a pixel, rounded up, so that what stands behind a tag can
# be drawn a quarter of a pixel, its least step, to the right. That moves a quarter of what is drawn at an edge of a
# glyph to the next pixel. So means over pixels in a row are compared: over nine, the step makes them differ by 255 / 4 / 9
# = 7, or 10 with the contrast that Chromium adds to glyphs, and a whole pixel by 28; over 65, the step by 1 or 2, and
# another shade by all of itself. (Radius of a row, difference that a mean may have.)
_MEANS = ((4, 12), (32, 3))


def picture(page: Path, height: int, width: int = 1000) -> Image.Image:
    """The upper ``height`` pixels of ``page`` in a window of that ``width``, without what a bar hides at the end."""
    assert BROWSER is not None
    with TemporaryDirectory() as folder:
        target = f"{folder}/page.png"
        arguments = [
            f"--user-data-dir={folder}/user",
            f"--window-size={width},{height + _BAR}",
            f"--screenshot={target}",
        ]
        done = subprocess.run(
            [BROWSER, *_FLAGS, *arguments, page.resolve().as_uri()],
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        with Image.open(target) as taken:
            return taken.convert("RGB").crop((0, 0, width, height))


def is_whole(taken: Image.Image) -> bool:
    """Whether a picture shows a page to its end: nothing is drawn in its last rows."""
    low, high = taken.crop((0, taken.height - 20, taken.width, taken.height)).convert("L").getextrema()
    return low == high


def difference(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """The box outside of which two pictures are the same: left, top, right, bottom; None where they are wholly."""
    found = Image.new("RGB", one.size)
    for radius, step in _MEANS:
        row = ImageFilter.BoxBlur((radius, 0))
        apart = ImageChops.difference(one.filter(row), other.filter(row))
        found = ImageChops.lighter(found, apart.point(([0] * (step + 1) + [255] * (255 - step)) * 3))
    return found.getbbox()


def side_by_side(one: Image.Image, other: Image.Image, target: Path) -> Path:
    """Both pictures in a file, for people to look at."""
    both = Image.new("RGB", (one.width + other.width, max(one.height, other.height)))
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    both.save(target)
    return target
