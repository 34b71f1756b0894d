"""The payloads of GitHub's REST interface."""
