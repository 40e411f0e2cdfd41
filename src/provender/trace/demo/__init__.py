"""A maker with nine months of records, to show the product and to measure it."""
