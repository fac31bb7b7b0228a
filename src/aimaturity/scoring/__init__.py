"""From answers to scores: a model is compiled to a plan once, and the plan runs over columns."""
