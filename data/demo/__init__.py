"""A demo business of three branches, invented from a seed: `business.generate`, and `load` into a workspace."""
