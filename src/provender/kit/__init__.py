"""What every room may stand on: no room, no domain and no word of a trade is known here."""
