//! Development only: the demo office, the test households, processes to kill.
