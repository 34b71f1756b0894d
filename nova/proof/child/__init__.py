"""What runs under any Python from 3.8 on, in a child process: it imports the standard library alone."""
