"""Metrics of user activity: active users, stickiness, time and reactions."""
