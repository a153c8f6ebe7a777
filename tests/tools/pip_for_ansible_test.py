# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The script with which ansible-test installs pip, for networks from which only the package registry can be reached."""

from __future__ import annotations

import zipfile

from place import Place

# It gets that script's arguments: the packages to install, pip itself among them, and two options that pip lacks.
_SCRIPT = '''"""Run pip from where its wheel is unpacked."""

import runpy
import sys

sys.path.insert(0, {folder!r})
sys.argv[:] = ["pip", "install"] + [word for word in sys.argv[1:] if word not in ("--no-setuptools", "--no-wheel")]
runpy.run_module("pip", run_name="__main__")
'''


def provide_pip(place: Place, version: str) -> None:
    """Put the script where ansible-test looks before it downloads one from a host of its own."""
    cache = place.home / ".ansible/test/cache"
    script, folder = cache / f"get_pip_{version.replace('.', '_')}.py", cache / f"pip-{version}"
    if script.is_file() and (folder / "pip").is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    place.run("python", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", cache, f"pip=={version}")
    (wheel,) = cache.glob(f"pip-{version}-*.whl")
    # In the wheel, each call would compile pip again. Without its metadata, pip does not count as installed already.
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith("pip/")])
    script.write_text(_SCRIPT.format(folder=str(folder)))
