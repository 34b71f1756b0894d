"""What Nova proposes: which proved fixes go together, which are worth a person's time, and in what words."""
