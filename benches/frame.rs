//! How long a frame takes: `cargo bench --bench frame`. The real app at 120 by 36 cells with the built-in samples, one
//! of them open; for each of a few states, the time from `&App` to cells, and from a key to cells (the app's part and
//! the drawing; the terminal's own part is measured on a pty).

use std::time::{Duration, Instant};

use dateline::app::effect::Effect;
use dateline::app::key::Key;
use dateline::app::message::{Message, Opened};
use dateline::app::{App, Settings, parse_keys};
use dateline::entity::{Reading, Recogniser};
use dateline::release::{Incoming, Keepings, Listing, ReleaseId, understand};
use dateline::source::samples;
use dateline::ui::glyphs::UNICODE;
use dateline::ui::theme::Theme;
use dateline::ui::{Look, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: (u16, u16) = (120, 36);
/// 2026-11-25 00:00:00 UTC.
const NOW: i64 = 1_795_564_800;
const ROWS: usize = 200;

fn opened(incoming: &Incoming, recogniser: &mut Recogniser, number: usize) -> Opened {
    let release = understand(incoming, &[]);
    let recognition = recogniser.recognise(&release);
    let published = NOW - 3600 * (i64::try_from(number).unwrap_or(0) + 1);
    Opened {
        listing: Listing {
            id: ReleaseId((published / 60) << 6),
            headline: release.headline.clone().unwrap_or_default(),
            issuer: release.issuer.clone(),
            wire: None,
            source: None,
            published,
            dated: true,
            timed: true,
            language: None,
            read: number.is_multiple_of(3),
            starred: number.is_multiple_of(5),
            passages: 0,
            embargo: None,
            standing: release.standing,
            versions: 1,
            copies: 1,
            also: Vec::new(),
            snippet: None,
        },
        links: vec![None; recognition.entities.len()],
        release,
        recognition,
        keepings: Keepings::default(),
        correction: None,
    }
}

/// The app with a library that answers at once.
struct Stage {
    app: App,
    library: Vec<Opened>,
}

impl Stage {
    fn tell(&mut self, message: Message) {
        let mut queue = vec![message];
        while let Some(message) = queue.pop() {
            for effect in self.app.apply(message) {
                queue.extend(self.answer(effect));
            }
        }
    }

    fn answer(&self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Rows { ticket, scope, .. } => Some(Message::Rows {
                ticket,
                scope,
                rows: self
                    .library
                    .iter()
                    .map(|opened| opened.listing.clone())
                    .collect(),
                at_start: true,
                at_end: true,
            }),
            Effect::Open { ticket, release } => {
                let opened = self
                    .library
                    .iter()
                    .find(|opened| opened.listing.id == release)?;
                Some(Message::Opened {
                    ticket,
                    opened: Box::new(opened.clone()),
                })
            }
            _ => None,
        }
    }
}

/// Prints the median and the 99th percentile.
fn told(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    println!(
        "{what:<28} median {:7.0} µs   p99 {:7.0} µs",
        at(0.5),
        at(0.99)
    );
}

fn main() {
    let mut recogniser = Recogniser::new(Reading::Patterns);
    let samples = samples();
    let library = (0..ROWS)
        .map(|number| opened(&samples[number % samples.len()], &mut recogniser, number))
        .collect();
    let mut stage = Stage {
        app: App::new(Settings::default()),
        library,
    };
    let (columns, rows) = SIZE;
    stage.tell(Message::Clock { now: NOW });
    stage.tell(Message::Resize { columns, rows });
    let look = Look {
        theme: Theme::built_in("dark").unwrap_or_default(),
        glyphs: UNICODE,
    };
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    for (what, keys) in [
        ("list, moving", "j k"),
        ("list, paging", "ctrl-d ctrl-u"),
        ("reading, scrolling", "enter j k"),
        ("reading, by paragraph", "} {"),
        ("entities, moving", "e j k"),
        ("windows", "? esc : esc"),
    ] {
        let keys: Vec<Key> = parse_keys(keys).unwrap_or_default();
        let (mut draws, mut turns) = (Vec::new(), Vec::new());
        for key in keys.iter().cycle().take(400) {
            let start = Instant::now();
            stage.tell(Message::Key(*key));
            let applied = Instant::now();
            draw(&stage.app, &look, &mut buffer);
            draws.push(applied.elapsed());
            turns.push(start.elapsed());
        }
        told(&format!("{what}: draw"), draws);
        told(&format!("{what}: key to cells"), turns);
    }
}
