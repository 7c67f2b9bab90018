"""The examples: facts, invented activity and demo logins as data files, and one loader that knows none of them."""
