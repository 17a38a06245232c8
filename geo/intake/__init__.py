"""Files that readers bring: parsed apart in a killable child, each row kept or listed, nothing in them run."""
