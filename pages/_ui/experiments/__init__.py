"""The journal of experiments, one experiment, and the form of a new one."""
