"""The living review of a pull request: what stands there and what was found become the writes that are still due."""
