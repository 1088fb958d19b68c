"""Runs every benchmark of this folder in turn: ``python -m bench [NAME...]``, say ``python -m bench pipeline``."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> None:
    """Run those that were named, or all; each in a process of its own, so that none finds another's leftovers."""
    every = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if path.name != "__main__.py"}
    wanted = sys.argv[1:] or list(every)
    unknown = [name for name in wanted if name not in every]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(every)}")
    for name in wanted:
        print(f"\n{name}", flush=True)
        subprocess.run([sys.executable, every[name]], check=True)


if __name__ == "__main__":
    main()
