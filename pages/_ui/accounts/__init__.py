"""Accounts side by side: figures and pictures of the comparison, whom they bring, and what they share."""
