"""The interview: a session without any I/O, and two faces of it, a terminal app and plain lines."""
