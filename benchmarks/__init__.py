"""Speed side by side: ratios against a named alternative in the same run. Run by `make bench`."""
