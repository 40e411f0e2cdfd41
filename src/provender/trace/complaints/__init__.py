"""What customers report, and which batch it may be."""
