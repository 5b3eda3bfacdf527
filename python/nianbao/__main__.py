"""The command ``nianbao``, also as ``python -m nianbao``."""

import signal
import sys

from . import _nianbao
from ._reading import _interpreter


def main() -> None:
    """Runs the command line, and ends the process with its exit status."""
    # The program does as programs do: Ctrl-C ends it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_nianbao.main(["nianbao", *sys.argv[1:]], _interpreter()))


if __name__ == "__main__":
    main()
