"""An office's own templates, and the built-in ones made in the same way."""
