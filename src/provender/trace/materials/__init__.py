"""Materials: what a batch consists of."""
