//! Stories about the whole program, and the house rules, in one test binary.

mod architecture;
mod demo;
mod parse;
