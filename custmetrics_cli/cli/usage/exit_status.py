"""Exit statuses of the command. An error decides its own: see CustmetricsError.exit."""

ANSWERED = 0
TEST_FAILED = 1  # a --fail-if holds
WRONG_COMMAND = 2
REFUSED = 3  # no metric would be computed from these files
BY_SIGNAL = 128  # plus the number of the signal
INTERRUPTED = 130
