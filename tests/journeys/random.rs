//! Keys, mouse and sizes at random: nothing panics, and what must always hold holds.

use super::stage::{NOON, Stage, groups, library};
use dateline::app::key::MouseKind;
use dateline::app::message::Message;
use dateline::app::{Fit, Line, SourceLine};

/// A small generator of numbers, so that a failure can be played again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

const KEYS: &str = "j k j k j k ctrl-d ctrl-u space b g G h l tab backtab enter enter enter esc esc esc / f n N ] [ J K U \
                    m M s r t d u u o y E S e i I I w Q O c + - # \\ > < ? : F z ' a D v v ) ( } { w x q p 1 2 3 0 \
                    up down left right home end pageup pagedown backspace delete ctrl-w ctrl-p A Y ctrl-o ctrl-n";

fn check(stage: &Stage, played: &str) {
    let app = &stage.app;
    let list = app.list();
    let rows = list.rows().count();
    assert!(list.selected() < rows.max(1), "after {played}");
    for line in list.visible() {
        if let Line::Release { index, .. } = line {
            assert!(*index < rows, "after {played}");
        }
    }
    if let Some(reading) = app.reading() {
        let text = reading.text();
        assert!(text.is_char_boundary(reading.cursor()), "after {played}");
        assert!(
            text.get(reading.sentence().start..reading.sentence().end)
                .is_some(),
            "after {played}"
        );
        let taken = reading.taken();
        assert!(text.get(taken.start..taken.end).is_some(), "after {played}");
        for row in reading.visible() {
            for run in reading.runs(row.extent) {
                assert!(
                    text.get(run.extent.start..run.extent.end).is_some(),
                    "after {played}"
                );
            }
        }
        assert!(reading.percent() <= 100, "after {played}");
    }
    let side = app.side();
    assert!(side.pick().selected <= side.lines().len(), "after {played}");
    let sources = app.sources();
    for (_, line, _) in sources.shown() {
        let there = match line {
            SourceLine::Heading(number) => sources.heading(number).is_some(),
            SourceLine::Source(number) => number < sources.rows().len(),
        };
        assert!(there, "after {played}");
    }
    let layout = app.geometry();
    let panes = [layout.left, layout.reading, layout.side];
    if layout.fit != Fit::TooSmall {
        assert!(panes.iter().flatten().count() > 0, "after {played}");
    }
    let _ = (app.hints(), app.menu(), app.next_turn(), app.typed());
}

/// Plays `steps` random steps.
fn play(seed: u64, steps: usize) {
    let mut dice = Dice(seed);
    let keys: Vec<&str> = KEYS.split_whitespace().collect();
    let mut library = library(60);
    library.sources = groups();
    let mut stage = Stage::with(library, 120, 36);
    let mut played: Vec<String> = Vec::new();
    for _ in 0..steps {
        let step = match dice.roll(40) {
            0 => {
                let columns = u16::try_from(dice.roll(220)).unwrap();
                let rows = u16::try_from(dice.roll(60)).unwrap();
                stage.tell(Message::Resize { columns, rows });
                format!("{columns}x{rows}")
            }
            1 => {
                let kinds = [
                    MouseKind::Press,
                    MouseKind::Drag,
                    MouseKind::Release,
                    MouseKind::WheelUp,
                    MouseKind::WheelDown,
                    MouseKind::Double,
                    MouseKind::Triple,
                ];
                let kind = kinds[usize::try_from(dice.roll(7)).unwrap()];
                let column = u16::try_from(dice.roll(130)).unwrap();
                let row = u16::try_from(dice.roll(40)).unwrap();
                stage.mouse(kind, column, row);
                format!("{kind:?}@{column},{row}")
            }
            2 => {
                stage.tell(Message::LibraryChanged { added: 1 });
                "changed".into()
            }
            3 => {
                stage.tell(Message::Clock {
                    now: NOON + i64::try_from(dice.roll(1_000_000)).unwrap(),
                });
                "clock".into()
            }
            _ => {
                let key = keys[usize::try_from(dice.roll(keys.len() as u64)).unwrap()];
                stage.press(key);
                key.to_owned()
            }
        };
        played.push(step);
        if !played.len().is_multiple_of(8) {
            continue;
        }
        let last = &played[played.len().saturating_sub(12)..];
        check(&stage, &format!("seed {seed}: {}", last.join(" ")));
    }
}

#[test]
fn fifty_thousand_random_keys_break_nothing() {
    for seed in 1..=25 {
        play(seed * 7919, 2000);
    }
}
