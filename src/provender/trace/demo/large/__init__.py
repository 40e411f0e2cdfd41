"""A million batches and ten million shipment lines, to measure with."""
