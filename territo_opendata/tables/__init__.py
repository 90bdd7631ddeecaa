"""Tables as they come: bytes, encodings, dialects and records, before any rule is applied."""
