"""Speed side by side: ratios against a named alternative in the same run. Run by `make bench`."""

import os

# Libraries are byte-compiled when they are installed. Where this is set, ours alone would be compiled at every start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
