"""What came of Nova's proposals and findings, counted from memory and measured from git. Pure."""
