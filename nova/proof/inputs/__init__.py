"""What rung 6 makes of the inputs on which old and new code were run: pure."""
