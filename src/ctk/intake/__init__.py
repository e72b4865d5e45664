"""From paths on disk to one batch of figures: gates, worker processes, identification."""
