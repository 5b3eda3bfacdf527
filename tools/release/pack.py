#!/usr/bin/env python3
"""Packs the program for a target: `pack.py TARGET PROGRAM FOLDER` writes the archive of a release and its checksum.

The archive holds a folder with the program, its manual pages and completions, both READMEs and the licences. Its name and that of the
folder are what `package.metadata.binstall` in Cargo.toml says; tests/release.rs holds the two together.
"""

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"]
COMPLETIONS = {"bash": "nianbao.bash", "fish": "nianbao.fish", "powershell": "_nianbao.ps1", "zsh": "_nianbao"}


def main(target: str, program: Path, folder: Path) -> None:
    name = f"nianbao-{target}"
    is_windows = "-windows-" in target
    files = {f"{name}/nianbao{'.exe' if is_windows else ''}": program.read_bytes()}
    files |= {f"{name}/{page}": (ROOT / page).read_bytes() for page in PAGES}
    files |= {f"{name}/completions/{file}": says(program, "completions", shell) for shell, file in COMPLETIONS.items()}
    files[f"{name}/nianbao.1"] = says(program, "man")
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{name}.{'zip' if is_windows else 'tgz'}"
    (write_zip if is_windows else write_tar)(archive, files)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n")
    print(archive)


def says(program: Path, *arguments: str) -> bytes:
    return subprocess.run([program.resolve(), *arguments], check=True, capture_output=True).stdout


def write_tar(archive: Path, files: dict[str, bytes]) -> None:
    with tarfile.open(archive, "w:gz", compresslevel=6) as out:
        for number, (name, data) in enumerate(files.items()):
            member = tarfile.TarInfo(name)
            # The first is the program.
            member.size, member.mode = len(data), 0o644 if number else 0o755
            out.addfile(member, io.BytesIO(data))


def write_zip(archive: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
