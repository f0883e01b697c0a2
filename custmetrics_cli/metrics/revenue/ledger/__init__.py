"""The MRR ledger: levels, movements and edges of MRR, customer by customer."""
