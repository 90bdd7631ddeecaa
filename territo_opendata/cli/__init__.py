"""The `territo` command: options in, one call of the workflow, report out, an exit code."""
