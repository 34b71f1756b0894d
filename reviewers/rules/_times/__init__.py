"""What ``compare-aware-times`` knows of times: from tables to kinds, from kinds to faults, from faults to a mend."""
