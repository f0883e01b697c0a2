"""The MRR ledger: spans of money, MRR at the start and end of periods, and the movements in between."""
