"""What a CKAN dataset holds of a package, by the names that plans use."""

from collections.abc import Mapping, Sequence
from typing import Any

from territo_opendata.publish.ckan import resources
from territo_opendata.publish.contents import Content
from territo_opendata.publish.model import State

Resource = Mapping[str, Any]


class View:
    """A dataset as it was read; `mine` are our resources by key, `foreign` those of others."""

    def __init__(self, dataset: Mapping[str, Any], contents: Sequence[Content]) -> None:
        self.dataset = dataset
        self.mine: dict[str, Resource] = {}
        self.foreign: list[Resource] = []
        renamed = _renamed(dataset, contents)
        for each in dataset.get("resources", ()):
            key = renamed.get(str(each.get(resources.KEY)), each.get(resources.KEY))
            if isinstance(key, str) and key and key not in self.mine:
                self.mine[key] = each
            else:
                self.foreign.append(each)

    @property
    def id(self) -> str:
        """The id of the dataset."""
        return str(self.dataset["id"])

    def resource(self, object_id: str) -> Resource | None:
        """Return the resource that plans call so, or that a table of the DataStore belongs to."""
        kind, _, name = object_id.partition(":")
        return self.mine.get(f"{name}.csv" if kind == "datastore" else name)

    def state(self, object_id: str) -> State | None:
        """Return the state of a resource, None when there is none.

        A file that was turned into a link is told by its address.
        """
        found = self.resource(object_id)
        if found is None:
            return None
        state = resources.found_state(found)
        if found.get("url_type") != "upload":
            state["link"] = found.get("url")
        if object_id != f"resource:{found[resources.KEY]}":
            state["former_name"] = found[resources.KEY]
        return state

    def free_id(self, key: str) -> str:
        """Return the id for a new resource: that of a renamed one is not taken again."""
        taken = {each["id"] for each in self.dataset.get("resources", ())}
        candidates = (key, *(f"{key}#{number}" for number in range(2, len(taken) + 3)))
        ids = (resources.new_id(self.id, each) for each in candidates)
        return next(each for each in ids if each not in taken)


def _renamed(dataset: Mapping[str, Any], contents: Sequence[Content]) -> dict[str, str]:
    """Return the present key of the resources that still bear their former one."""
    keys = {str(each.get(resources.KEY)) for each in dataset.get("resources", ())}
    return {
        each.previous: each.key
        for each in contents
        if each.previous in keys and each.key not in keys
    }
