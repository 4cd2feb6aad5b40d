"""Hiring: the funnel, waits with those that are not over, recruiters by speed and quality, money, and what comes."""
