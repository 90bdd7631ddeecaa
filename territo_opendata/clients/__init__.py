"""The network: one module speaks HTTP, the others what portals say in it."""
