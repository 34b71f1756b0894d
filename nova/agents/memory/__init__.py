"""Who keeps what people say, and brings it back."""
