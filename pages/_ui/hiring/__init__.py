"""The page of hiring: recruiters, the funnel, waits, who stays, money, and what is to come."""
