"""Reports, from the case to Amazon's answer."""
