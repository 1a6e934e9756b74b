"""What is watched: products, the sellers who are trusted, and how well the products are seen."""
