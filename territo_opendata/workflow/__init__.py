"""What the commands do, for those who call it from Python: the only place the parts meet."""
