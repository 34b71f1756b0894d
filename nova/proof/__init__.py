"""The ladder of proof: what is known of a patch, rung by rung, the cheapest first."""
