//! The one test harness. Each file below is a room of its own.

mod anatomy;
mod architecture;
mod command_line;
mod entities;
mod intake;
mod journeys;
mod library;
mod mutations;
mod network;
mod pty;
mod repairs;
mod screens;
mod sources;
