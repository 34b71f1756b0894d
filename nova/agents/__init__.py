"""The agents: a page each, and beside it what does its work without a model."""
