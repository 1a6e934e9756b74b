"""The message model: cards, forms and interactions that every chat can show; views make them."""
