"""An invented programme of any size, by seed: for the demo, tests and documentation. Nobody in it exists."""
