"""Pictures of what-if results: a typed drawing in, the bytes of an SVG or a PNG out."""
