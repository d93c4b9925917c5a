"""The servers that `deploy/` configures, run for real."""
