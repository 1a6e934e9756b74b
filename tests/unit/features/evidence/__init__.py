"""Evidence, from the camera to the packet."""
