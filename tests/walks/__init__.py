"""Through how many files a thing passes on its way through the product."""
