"""Exit statuses of the command. An error decides its own: see CustmetricsError.exit."""

ANSWERED = 0
TEST_FAILED = 1  # a --fail-if holds
WRONG_COMMAND = 2
REFUSED = 3  # no metric would be computed from these files
BY_SIGNAL = 128  # plus the number of the signal
INTERRUPTED = 130
STATUSES = {  # as help states them
    ANSWERED: "answered",
    TEST_FAILED: "a --fail-if is true",
    WRONG_COMMAND: "wrong command",
    REFUSED: "the input cannot be trusted",
    4: "internal error",
}
