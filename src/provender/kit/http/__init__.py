"""HTTP without business nouns: the edge, answers, cursors, entity tags, forms, strict routes."""
