"""Public copies: which figures are withheld so that nobody can learn a child's fate from them."""
