"""`python -m aimaturity`."""

from aimaturity.cli import main

if __name__ == "__main__":
    main()
