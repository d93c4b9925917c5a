"""Speed, memory and weight, each beside a baseline of the same run; `make bench` runs all.

One module for each subject, with `figures()`; `make bench SUBJECT=messages` runs one.
"""
