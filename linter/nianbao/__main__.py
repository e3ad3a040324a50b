"""`python -m nianbao`: the command, where no script of it is on the path."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        # Python has put the current folder first, and what is in a stranger's is not to be imported.
        del sys.path[0]
    from nianbao.cli import main

    main()
