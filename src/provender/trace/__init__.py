"""From farm to customer, and back."""
