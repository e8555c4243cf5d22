//! What the program has to say, one line at a time. Good news goes by itself; warnings and errors stay until the next
//! key.

use crate::app::App;
use crate::app::message::Gravity;
use crate::text::SafeText;

/// How long good and plain news stay, in seconds.
const STAYS: i64 = 4;

/// One thing to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// How much it matters.
    pub gravity: Gravity,
    /// The words.
    pub text: SafeText,
    /// When it goes by itself; `None`: with the next key.
    pub until: Option<i64>,
}

impl App {
    /// Says something; it takes the place of what was said before, unless that mattered more and is not yet read.
    pub(super) fn say(&mut self, gravity: Gravity, text: &str) {
        let passing = matches!(gravity, Gravity::Good | Gravity::Plain);
        let stays = self
            .notice
            .as_ref()
            .is_some_and(|notice| notice.gravity == Gravity::Error);
        if passing && stays {
            return;
        }
        self.notice = Some(Notice {
            gravity,
            text: SafeText::clean_line(text),
            until: passing.then_some(self.clock.now + STAYS),
        });
    }

    /// Lets a notice go whose time is over.
    pub(super) fn expire_notice(&mut self) {
        let over = |notice: &Notice| notice.until.is_some_and(|until| until <= self.clock.now);
        if self.notice.as_ref().is_some_and(over) {
            self.notice = None;
        }
    }
}
