"""Commands that are more than a call: their options, and what they tell."""
