"""Reports: read a result document and nothing else."""
