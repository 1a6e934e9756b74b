"""Evidence, its custody, comparisons and planned test buys, as frozen structs. Pure."""
