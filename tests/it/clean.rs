//! Cleaning and setting from end to end.
