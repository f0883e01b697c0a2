"""Recurring revenue: MRR and revenue retention."""
