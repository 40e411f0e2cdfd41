"""`python -m provender` is `provender`."""

from provender.cli.main import main

main()
