//! What leaves the program, and what enters it, as a file of some format. It only writes and reads text; it never fetches.

pub mod briefing;
pub mod document;
pub mod feed_list;
