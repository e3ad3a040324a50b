"""`python -m nianbao`: the command, where no script of it is on the path."""

from nianbao.cli import main

if __name__ == "__main__":
    main()
