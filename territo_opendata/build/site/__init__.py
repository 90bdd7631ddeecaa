"""The pages of a release: a front page, one per table, one per programme, the history."""

from territo_opendata.build.site.pages import attribution, site_pages

__all__ = ["attribution", "site_pages"]
