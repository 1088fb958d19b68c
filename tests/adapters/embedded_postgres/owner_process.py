"""A process of its own that asks for the embedded database, to be killed or asked to end by a test.

Run as ``python owner_process.py FOLDER [without-namespaces]``: says on standard output, as JSON, what it got,
and keeps it until its standard input closes.
"""

import json
import sys
from pathlib import Path

from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.adapters.embedded_postgres.errors import CannotRunHere


def main() -> None:
    try:
        with embedded_postgres(
            Path(sys.argv[1]), allow_namespaces="without-namespaces" not in sys.argv
        ) as got:
            say({"url": got.url, "owned": got.owned})
            sys.stdin.read()
    except CannotRunHere as refusal:
        say({"refusal": str(refusal)})


def say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
