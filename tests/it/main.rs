//! Stories about the whole program, and the house rules, in one test binary.

mod architecture;
mod clean;
mod config;
mod demo;
mod etiquette;
mod etiquette_world;
mod fetch_file;
mod fetch_http;
mod fetch_secure;
mod fetch_server;
mod harness;
mod parse;
mod quiet;
mod reading;
mod refresh_files;
mod refresh_http;
mod refresh_newsroom;
mod screen;
mod sizes;
mod store_kill;
mod store_lists;
mod store_marks;
mod store_sample;
mod store_saving;
mod store_trouble;
mod terminal;
