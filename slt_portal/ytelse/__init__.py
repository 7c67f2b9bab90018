"""Measures the portal on the data at hand: every reading page for every role, and the jobs.

All of it happens in one transaction that is rolled back, so that the database is left as it was and no mail is sent.
Production knows nothing of this package; only the command imports it.
"""
