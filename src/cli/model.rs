//! `dateline model import|check|list`: other English spaCy pipelines for recognition, and the proof that they are read as
//! spaCy reads them. It exists so that a newsroom can use a recogniser it trained itself. It runs no Python and asks no
//! network; what it cannot read as spaCy does, it refuses.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Done, Failure, Globals, Out, Talk};
use crate::config::{Flags, Places, load};
use crate::entity::network::{Fast, Parsed, Pipeline, import};
use crate::text::{Extent, SafeText};

/// The largest file of a pipeline that is read, in bytes (en_core_web_lg's vectors have 411 million).
const LARGEST: u64 = 1 << 30;
/// The longest line of an oracle, in bytes.
const LONGEST_LINE: u64 = 64 << 20;
/// So many differences are shown.
const SHOWN: usize = 10;
/// What imported models are called on disk.
const ENDING: &str = "model";

/// Arguments of `model`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: ModelCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ModelCommand {
    /// Take in an English spaCy pipeline (as en_core_web_sm, md or lg, or one you trained)
    Import(ImportArgs),
    /// Hold what a model reads against what spaCy reads
    Check(CheckArgs),
    /// List the models
    List,
}

#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// A wheel, or a folder as spaCy writes it
    #[arg(value_name = "WHEEL|FOLDER")]
    pipeline: PathBuf,
    /// What to call it; by default as the wheel or folder is called
    #[arg(long)]
    name: Option<String>,
    /// Keep its numbers in 16 bits: half the size, and about one text in a thousand is read differently
    #[arg(long)]
    half: bool,
    /// Write it to this file in place of the data directory
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct CheckArgs {
    /// A wheel, a folder, a model file, or the name of an imported model; by default the built-in one
    #[arg(long)]
    model: Option<PathBuf>,
    /// With a wheel or folder: its numbers in 16 bits
    #[arg(long)]
    half: bool,
    /// What spaCy gives: JSON Lines with text, tokens [[start, end]…] and entities [[start, end, label]…], in bytes
    #[arg(required = true, value_name = "ORACLE")]
    oracles: Vec<PathBuf>,
}

/// Imports, checks or lists.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    match &args.command {
        ModelCommand::Import(args) => run_import(args, globals),
        ModelCommand::Check(args) => run_check(args, globals),
        ModelCommand::List => run_list(globals),
    }
}

fn places(globals: &Globals) -> Places {
    let flags = Flags {
        config: globals.config.clone(),
        data_dir: globals.data_dir.clone(),
        ..Flags::default()
    };
    load(&flags, &|name| std::env::var(name).ok()).1
}

fn data_error(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::data(format!("{}: {error}", path.display()))
}

fn run_import(args: &ImportArgs, globals: &Globals) -> Result<Done, Failure> {
    let model = imported(&args.pipeline, args.half)?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None => {
            let name = args.name.clone().unwrap_or_else(|| stem(&args.pipeline));
            let folder = places(globals).models();
            std::fs::create_dir_all(&folder).map_err(|error| data_error(&folder, &error))?;
            folder.join(format!("{}.{ENDING}", checked(&name)?))
        }
    };
    // Written beside and moved into place: a model is there whole or not at all.
    let beside = path.with_extension("part");
    std::fs::write(&beside, &model)
        .and_then(|()| std::fs::rename(&beside, &path))
        .map_err(|error| data_error(&path, &error))?;
    let words = format!("{}: {} bytes", path.display(), model.len());
    Talk::new(globals).say(&words);
    Ok(Done::All)
}

/// `en_core_web_md` of `en_core_web_md-3.8.0-py3-none-any.whl`.
fn stem(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    name.split('-').next().unwrap_or_default().to_owned()
}

/// A name that stays within its folder.
fn checked(name: &str) -> Result<&str, Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        let hint = "give one with --name, of letters, digits, '_', '-' and '.'";
        return Err(Failure::usage("this is no name for a model").hint(hint));
    }
    Ok(name)
}

/// A pipeline's files, by their names within it.
type Files<'a> = Box<dyn FnMut(&str) -> Result<Option<Vec<u8>>, Failure> + 'a>;

fn imported(path: &Path, half: bool) -> Result<Vec<u8>, Failure> {
    let mut read = if path.is_dir() {
        folder_files(path)?
    } else {
        wheel_files(path)?
    };
    let mut needed = |name: &str| {
        let missing = || data_error(path, &format_args!("no file {name} in this pipeline"));
        read(name)?.ok_or_else(missing)
    };
    let (tokenizer, lookups) = (needed("tokenizer")?, needed("vocab/lookups.bin")?);
    let (model, moves) = (needed("ner/model")?, needed("ner/moves")?);
    let (vectors, key_rows) = (read("vocab/vectors")?, read("vocab/key2row")?);
    let pipeline = Pipeline {
        tokenizer: &tokenizer,
        lookups: &lookups,
        model: &model,
        moves: &moves,
        vectors: vectors.as_deref(),
        key_rows: key_rows.as_deref(),
    };
    import(&pipeline, half).map_err(|error| data_error(path, &error))
}

/// At most [`LARGEST`] bytes.
fn bounded(from: impl Read, path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| data_error(path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(data_error(path, &"a file of this pipeline is too large"));
    }
    Ok(bytes)
}

fn folder_files(path: &Path) -> Result<Files<'_>, Failure> {
    let root = find_root(path, 4)
        .ok_or_else(|| data_error(path, &"no pipeline with a recogniser (ner/model) in it"))?;
    Ok(Box::new(move |name| {
        let file = root.join(name);
        match File::open(&file) {
            Ok(open) => bounded(open, &file).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(data_error(&file, &error)),
        }
    }))
}

/// The folder that holds `ner/model`, at most `depth` folders down.
fn find_root(path: &Path, depth: usize) -> Option<PathBuf> {
    if path.join("ner/model").is_file() {
        return Some(path.to_owned());
    }
    let deeper = depth.checked_sub(1)?;
    let mut folders: Vec<PathBuf> = std::fs::read_dir(path)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir() && !path.is_symlink())
        .collect();
    folders.sort_unstable();
    folders.iter().find_map(|folder| find_root(folder, deeper))
}

fn wheel_files(path: &Path) -> Result<Files<'_>, Failure> {
    let file = File::open(path).map_err(|error| data_error(path, &error))?;
    let mut archive =
        zip::ZipArchive::new(BufReader::new(file)).map_err(|error| data_error(path, &error))?;
    let root = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.strip_suffix("ner/model")?.to_owned()))
        .find(|root| root.is_empty() || root.ends_with('/'))
        .ok_or_else(|| data_error(path, &"no pipeline with a recogniser (ner/model) in it"))?;
    Ok(Box::new(move |name| {
        let entry = match archive.by_name(&format!("{root}{name}")) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(data_error(path, &error)),
        };
        bounded(entry, path).map(Some)
    }))
}

/// The network that `--model` names.
fn network(args: &CheckArgs, globals: &Globals) -> Result<Fast, Failure> {
    let Some(path) = &args.model else {
        return Fast::embedded().map_err(|error| Failure::data(error.to_string()));
    };
    let kept = || {
        let name = checked(path.to_str()?).ok()?;
        Some(places(globals).models().join(format!("{name}.{ENDING}"))).filter(|p| p.exists())
    };
    let path = if path.exists() {
        Some(path.clone())
    } else {
        kept()
    };
    let path = path.ok_or_else(|| {
        Failure::usage("there is no such model").hint("dateline model list names those there are")
    })?;
    let is_model = path.extension().is_some_and(|ending| ending == ENDING);
    let bytes = if is_model && path.is_file() {
        let file = File::open(&path).map_err(|error| data_error(&path, &error))?;
        bounded(file, &path)?
    } else {
        imported(&path, args.half)?
    };
    Fast::from_bytes(&bytes).map_err(|error| data_error(&path, &error))
}

/// One line of an oracle.
#[derive(Debug, Deserialize)]
struct Wanted {
    text: String,
    tokens: Vec<(usize, usize)>,
    entities: Vec<(usize, usize, String)>,
}

/// What a check has found so far.
#[derive(Debug, Default)]
struct Tally {
    texts: usize,
    identical: usize,
}

fn run_check(args: &CheckArgs, globals: &Globals) -> Result<Done, Failure> {
    let mut network = network(args, globals)?;
    let mut out = Out::stdout();
    let mut tally = Tally::default();
    for path in &args.oracles {
        let file = File::open(path).map_err(|error| data_error(path, &error))?;
        check_file(path, file, &mut network, &mut tally, &mut out)?;
    }
    out.line(&format!("{} of {} identical", tally.identical, tally.texts))?;
    out.finish()?;
    Ok(match tally {
        Tally { texts: 0, .. } => Done::Nothing,
        Tally { texts, identical } if texts == identical => Done::All,
        _ => Done::Partly,
    })
}

fn check_file(
    path: &Path,
    file: File,
    network: &mut Fast,
    tally: &mut Tally,
    out: &mut Out,
) -> Result<(), Failure> {
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = (&mut lines).take(LONGEST_LINE).read_until(b'\n', &mut line);
        if read.map_err(|error| data_error(path, &error))? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let wanted: Wanted = serde_json::from_slice(&line)
            .map_err(|error| data_error(path, &format_args!("line {number}: {error}")))?;
        let found = network.parse(&wanted.text);
        tally.texts += 1;
        match difference(&wanted, &found) {
            None => tally.identical += 1,
            Some(words) if tally.texts - tally.identical <= SHOWN => {
                out.line(&format!("{}:{number}: {words}", path.display()))?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The first thing in which `found` differs from `wanted`.
fn difference(wanted: &Wanted, found: &Parsed) -> Option<String> {
    let words = |start: usize, end: usize| {
        let words = wanted.text.get(start..end).unwrap_or("");
        SafeText::clean_line(words)
    };
    let tokens = found.tokens.iter().map(|e| (e.start, e.end));
    if let Some((wanted, found)) = first_difference(wanted.tokens.iter().copied(), tokens) {
        let say = |token: Option<(usize, usize)>| match token {
            Some((start, end)) => format!("{start}..{end} {}", words(start, end)),
            None => "none".to_owned(),
        };
        return Some(format!(
            "token {} wanted, {} found",
            say(wanted),
            say(found)
        ));
    }
    let entity = |(extent, label): &(Extent, String)| (extent.start, extent.end, label.clone());
    let entities = found.entities.iter().map(entity);
    let (wanted, found) = first_difference(wanted.entities.iter().cloned(), entities)?;
    let say = |entity: Option<(usize, usize, String)>| match entity {
        Some((start, end, label)) => format!("{start}..{end} {label} {}", words(start, end)),
        None => "none".to_owned(),
    };
    Some(format!(
        "entity {} wanted, {} found",
        say(wanted),
        say(found)
    ))
}

fn first_difference<T: PartialEq>(
    mut one: impl Iterator<Item = T>,
    mut other: impl Iterator<Item = T>,
) -> Option<(Option<T>, Option<T>)> {
    loop {
        let pair = (one.next(), other.next());
        match &pair {
            (None, None) => return None,
            (a, b) if a == b => {}
            _ => return Some(pair),
        }
    }
}

fn run_list(globals: &Globals) -> Result<Done, Failure> {
    let mut out = Out::stdout();
    out.line("fast\tbuilt in")?;
    out.line("careful\tbuilt in")?;
    let folder = places(globals).models();
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map(|entries| {
            entries
                .filter_map(|entry| Some(entry.ok()?.path()))
                .collect()
        })
        .unwrap_or_default();
    names.sort_unstable();
    for path in names {
        if let (Some(name), Some(ending)) = (path.file_stem(), path.extension())
            && ending == ENDING
        {
            out.line(&format!("{}\t{}", name.to_string_lossy(), path.display()))?;
        }
    }
    out.finish()?;
    Ok(Done::All)
}
