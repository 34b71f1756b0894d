"""Who looks at code, and at how well Nova has looked."""
