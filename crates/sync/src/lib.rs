//! Delivery of sealed envelopes: a machine without I/O, and the one HTTP client.
