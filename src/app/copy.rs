//! What leaves by the clipboard: a quotation with its source, in the words that an editor accepts. What is under
//! embargo leaves only after a warning.

use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::app::popup::{Popup, Warned};
use crate::app::side::{ContactPart, SideLine, contact_words};
use crate::app::{Action, App, Left, Pane, Reading, when};
use crate::citation::quotation_with_source;
use crate::release::CitationFacts;
use crate::text::SafeText;

impl App {
    /// Copies what has the focus; `sure` after a warning.
    pub(super) fn copy(&mut self, action: Action, sure: bool) -> Vec<Effect> {
        if self.focus == Pane::Side
            && let Some(SideLine::Contact(number, part)) = self.side.chosen()
        {
            return self.copy_contact(number, part);
        }
        if self.focus == Pane::Left && self.left == Left::Passages {
            return self.copy_passage(action, sure);
        }
        let Some(reading) = &self.reading else {
            self.say(Gravity::Plain, "Nothing is open to copy from");
            return Vec::new();
        };
        if !sure && reading.embargoed(self.clock.now) {
            let until = reading.opened().listing.embargo;
            self.popup = Some(Popup::Warning(Warned { until, action }));
            return Vec::new();
        }
        let quote = reading.taken().of(reading.text());
        let text = if action == Action::CopyPlain {
            quote.to_owned()
        } else {
            quotation_with_source(quote, &self.facts(reading))
        };
        if let Some(reading) = &mut self.reading {
            reading.unselect();
        }
        vec![Effect::Copy {
            text: SafeText::clean(&text),
        }]
    }

    fn copy_contact(&self, number: usize, part: ContactPart) -> Vec<Effect> {
        let reading = self.reading.as_ref();
        let text = reading.and_then(|reading| contact_words(reading, number, part));
        let copied = text.cloned().into_iter();
        copied.map(|text| Effect::Copy { text }).collect()
    }

    fn copy_passage(&mut self, action: Action, sure: bool) -> Vec<Effect> {
        let Some(passage) = self.passages.chosen().map(|row| &row.passage) else {
            self.say(
                Gravity::Plain,
                "No passage yet: m in a release bookmarks one",
            );
            return Vec::new();
        };
        let until = passage.citation.embargo;
        if !sure && until.is_some_and(|until| until > self.clock.now) {
            self.popup = Some(Popup::Warning(Warned { until, action }));
            return Vec::new();
        }
        let text = quotation_with_source(&passage.anchor.exact, &passage.citation);
        vec![Effect::Copy {
            text: SafeText::clean(&text),
        }]
    }

    /// What a citation of the open release says now.
    fn facts(&self, reading: &Reading) -> CitationFacts {
        let (release, listing) = (reading.release(), &reading.opened().listing);
        let own = |text: &Option<SafeText>| text.as_ref().map(ToString::to_string);
        let dateline = release.dateline.as_ref();
        let taken = reading.taken();
        let speaker = release
            .quotes
            .iter()
            .find(|quote| quote.extent.encloses(taken));
        let zone = if listing.timed {
            self.clock.zone.clone()
        } else {
            jiff::tz::TimeZone::UTC
        };
        CitationFacts {
            issuer: own(&release.issuer).or_else(|| own(&listing.issuer)),
            title: listing.headline.to_string(),
            wire: own(&listing.wire).or_else(|| own(&dateline.and_then(|line| line.wire.clone()))),
            place: own(&dateline.and_then(|line| line.place.clone())),
            issued: listing
                .dated
                .then(|| when::date(listing.published, &zone).to_string()),
            accessed: when::date(self.clock.now, &self.clock.zone).to_string(),
            url: own(&release.url),
            language: own(&release.language),
            paragraph: u32::try_from(reading.page().paragraph_at(taken.start)).ok(),
            speaker: speaker.and_then(|quote| own(&quote.speaker)),
            embargo: listing.embargo,
        }
    }
}
