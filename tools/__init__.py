"""Scripts beside the atlas: they make its data, find what the tests run and plant faults; no tier imports them."""
