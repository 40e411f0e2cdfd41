"""What `make bench` measures, at the sizes the promises name. No part of the timed tests."""
