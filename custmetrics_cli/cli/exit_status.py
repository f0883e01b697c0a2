"""Exit statuses of the command. An error decides its own: see CustmetricsError.exit."""

ANSWERED = 0
TEST_FAILED = 1  # a --fail-if holds
WRONG_COMMAND = 2
REFUSED = 3  # no metric would be computed from these files
INTERRUPTED = 130
TERMINATED = 143
