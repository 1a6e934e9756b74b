"""The whole product, from Amazon's answer to the team's screen and back."""
