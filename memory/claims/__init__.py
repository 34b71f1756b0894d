"""What a sentence claims, and what a new one is to those before it: replaces them, contradicts them, or neither."""
