"""What is wrong in a snapshot of a repository. Knows no git, no database, no model."""
