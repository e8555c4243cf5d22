//! `dateline man`: the man page, made from the same tree that reads the arguments.

use super::{Done, Failure, Globals, Out};

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Writes the man page, and after it one for each command, on standard output.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    let mut bytes = Vec::new();
    let mut tree = super::tree();
    tree.build();
    render(&tree, &mut bytes)?;
    for command in tree.get_subcommands().filter(|c| c.get_name() != "help") {
        render(command, &mut bytes)?;
    }
    let mut out = Out::stdout();
    out.raw(&bytes)?;
    out.finish()?;
    Ok(Done::All)
}

fn render(command: &clap::Command, bytes: &mut Vec<u8>) -> Result<(), Failure> {
    clap_mangen::Man::new(command.clone())
        .render(bytes)
        .map_err(|e| Failure::output(&e))
}
