"""`make pages`: every template in three languages, as PDF and PNG, with what can be measured of them."""
