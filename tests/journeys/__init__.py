"""Journeys: the whole application on the real service, driven as a viewer would and looked at."""
