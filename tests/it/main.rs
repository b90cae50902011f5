//! Stories about the whole program, and the house rules, in one test binary.

mod architecture;
mod demo;
mod clean;
mod config;
mod store_kill;
mod store_lists;
mod store_marks;
mod store_sample;
mod store_saving;
mod store_trouble;
