"""Use cases: each joins the parts and returns a Result; also the Python API. Nothing prints."""
