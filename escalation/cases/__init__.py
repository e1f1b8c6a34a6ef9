"""Policy tests: histories written in a few characters, and what the policy makes of them."""
