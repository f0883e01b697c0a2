"""The lifecycle of users and buyers: how many come back, and who is new, returning or dormant from one period to the next."""
