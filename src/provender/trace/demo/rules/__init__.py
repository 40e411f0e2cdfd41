"""What happened at the demo maker, worked out from a seed and a day; pure."""
