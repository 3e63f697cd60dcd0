"""The built packages bring what they need: a wheel and an sdist, each tried away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.examples import EXAMPLE, EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

CHECKOUT = EXAMPLES.parent


def build(kind: str, source: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    [made] = folder.iterdir()
    return made


def convert_with(package: Path, folder: Path) -> Path:
    """The facts of the example, converted by the code in ``package``."""
    out = folder / "out"
    command = [sys.executable, "-P", "-m", "converter", "convert", str(EXAMPLE), "--out", str(out), "--no-validate"]
    environment = {**os.environ, "PYTHONPATH": str(package)}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return out / EXAMPLE.stem / "facts.csv"


@pytest.mark.slow
def test_wheel_sdist_and_checkout_convert_alike(tmp_path: Path) -> None:
    shutil.unpack_archive(build("sdist", CHECKOUT, tmp_path / "sdist"), tmp_path / "source")
    [source] = (tmp_path / "source").iterdir()
    with zipfile.ZipFile(build("wheel", source, tmp_path / "wheel")) as archive:
        archive.extractall(tmp_path / "installed")
    tables = tmp_path / "installed" / "converter" / "_data" / "taxonomy"
    assert {"us-gaap-2011", "us-gaap-2024"} == {path.name for path in tables.iterdir()}
    made = []
    for name, package in (("wheel", tmp_path / "installed"), ("sdist", source), ("checkout", CHECKOUT)):
        folder = tmp_path / "runs" / name
        folder.mkdir(parents=True)
        made.append(convert_with(package, folder).read_bytes())
    assert made[0] == made[1] == made[2]
