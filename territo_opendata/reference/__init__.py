"""The Code officiel géographique and its neighbours: the data, their look-ups, their rebuilding.

Look-ups (pure, the tables beside this file read on first use): `communes`, `territories`,
`identifiers`, `formats`. Rebuilding from the registries' packages: `rebuild`.
"""
