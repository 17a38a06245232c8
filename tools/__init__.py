"""Scripts that make or refresh the packaged data; the app never imports them."""
