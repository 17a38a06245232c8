"""Files of every format read to plain rows: this runs within the child alone, never in the process that serves."""
