"""What a worker process runs: the command line, without the interpreter's own path.

It is called by its file and loads the extension that stands beside it, so that it is the same one wherever the package was found.
"""

import os
import signal
import sys

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import _nianbao  # type: ignore[import-not-found]

    sys.exit(_nianbao.main(["nianbao", *sys.argv[1:]], (sys.executable, ["-I", "-S", __file__])))
