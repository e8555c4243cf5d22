//! How the sources of a library stand, in the words of the domain: what the library keeps about a source (its choices,
//! the state of following it) read together, and what a typed address or path is as a source. It asks nobody; it exists
//! so that the screen and the command line tell the same.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use url::Url;

use crate::release::{Following, Health, SourceId, SourceListing};
use crate::source::{FollowState, as_http, masked, may_follow, nameless};
use crate::store::{Followed, Header, Origin, Reader, StoreError};
use crate::text::SafeText;

/// All sources that have releases or are followed, by name, each with how it is followed at `now`. Addresses come
/// without passwords and tokens.
///
/// # Errors
/// Where the library cannot be read.
pub fn listed(reader: &Reader, now: i64) -> Result<Vec<SourceListing>, StoreError> {
    let mut followed: HashMap<SourceId, Followed> = reader
        .followed()?
        .into_iter()
        .map(|source| (source.id, source))
        .collect();
    let mut listings = reader.sources()?;
    for listing in &mut listings {
        listing.address = listing.address.take().map(|address| shown(&address));
        listing.following = followed
            .remove(&listing.id)
            .map(|source| stands(source, now));
    }
    Ok(listings)
}

/// Whether a place is written as an address and not as a path.
#[must_use]
pub fn is_address(place: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        place
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Why a place is neither an address that can be asked nor a path: it is an address of another kind. `None` where it is
/// not written as one, or where a file is called like that.
#[must_use]
pub fn other_address(place: &str) -> Option<String> {
    let (scheme, _) = place.split_once("://")?;
    let other = !is_address(place) && !Path::new(place).exists();
    other.then(|| format!("only http and https addresses are asked, and this is {scheme}"))
}

/// The source that an address (`https://…`, or a host as people type it) or a path (`~` is the home folder) names.
///
/// # Errors
/// In words, where it is neither: the path is not there, and no host is written like that.
pub fn origin_of(place: &str) -> Result<Origin, String> {
    let place = place.trim();
    let place = &*as_http(place);
    if is_address(place) {
        return address(place.to_owned(), place);
    }
    let path = place.strip_prefix("~/").map_or_else(
        || PathBuf::from(place),
        |rest| std::env::home_dir().map_or_else(|| PathBuf::from(place), |home| home.join(rest)),
    );
    if path.is_file() || path.is_dir() {
        return Ok(at_path(&path));
    }
    if path.exists() {
        return Err(format!("{place} is neither a regular file nor a folder"));
    }
    if let Some(why) = other_address(place) {
        return Err(format!("{place}: {why}"));
    }
    let host = place.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let typed_host = host.contains('.')
        && !host.starts_with('.')
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    if typed_host {
        return address(format!("https://{place}"), place);
    }
    Err(format!(
        "{place} is no address, and there is no such file or folder"
    ))
}

fn address(whole: String, typed: &str) -> Result<Origin, String> {
    let parsed = Url::parse(&whole).ok().filter(Url::has_host);
    parsed
        .map(|address| Origin {
            kind: "feed".to_owned(),
            name: nameless(&address),
            address: Some(whole),
        })
        .ok_or_else(|| format!("{typed} is no address"))
}

/// The source that a file or a folder is.
#[must_use]
pub fn at_path(path: &Path) -> Origin {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = absolute.file_name().unwrap_or(absolute.as_os_str());
    Origin {
        kind: if path.is_dir() { "folder" } else { "file" }.to_owned(),
        name: name.to_string_lossy().into_owned(),
        address: Some(absolute.to_string_lossy().into_owned()),
    }
}

/// An address for people to see.
fn shown(address: &SafeText) -> SafeText {
    match Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => SafeText::clean_line(&masked(&url)),
        _ => address.clone(),
    }
}

/// Whether a header of a source is sent to where the source is now: not where it was given for another place.
fn is_sent(source: &Followed, header: &Header) -> bool {
    let url = |text: &str| Url::parse(text).ok();
    let now = source.origin.address.as_deref().and_then(url);
    match (header.given_for.as_deref(), now) {
        (None, _) => true,
        (Some(place), Some(now)) => url(place).is_some_and(|place| may_follow(&place, &now)),
        (Some(_), None) => false,
    }
}

/// The headers that are sent to a source. One that was given for a place from which the source has moved away stays
/// behind: a server that leads elsewhere must not pass a secret on.
#[must_use]
pub fn sent_headers(source: &Followed) -> Vec<(String, String)> {
    let sent = source.headers.iter().filter(|h| is_sent(source, h));
    sent.map(|header| (header.name.clone(), header.value.clone()))
        .collect()
}

/// What is said of the headers that are not sent.
fn left_behind(source: &Followed) -> impl Iterator<Item = String> {
    let kept = source.headers.iter().filter(|h| !is_sent(source, h));
    kept.map(|header| {
        let place = header.given_for.as_deref().unwrap_or_default();
        format!(
            "its header {} is not sent any more: it was given for {place}; to send it here too, give it anew \
             (dateline add ADDRESS --header)",
            header.name
        )
    })
}

/// The state of following a source. One of a later version that cannot be read costs a visit without conditions.
#[must_use]
pub fn state_of(source: &Followed) -> FollowState {
    source
        .state
        .as_deref()
        .and_then(|state| serde_json::from_str(state).ok())
        .unwrap_or_default()
}

/// How a source is followed at `now`.
fn stands(source: Followed, now: i64) -> Following {
    let state = state_of(&source);
    let health = health(&state, source.choices.paused, now);
    let asked = !matches!(health, Health::Gone { .. } | Health::Paused);
    let moved = state
        .was_at
        .map(|was| format!("it has moved; it was at {was}"));
    let notes = state.note.into_iter().chain(moved);
    let notes = notes.chain(left_behind(&source));
    Following {
        health,
        answered: state.answered,
        next_due: asked.then_some(state.next_due),
        headers: sent_headers(&source)
            .iter()
            .map(|(name, _)| SafeText::clean_line(name))
            .collect(),
        notes: notes.map(|note| SafeText::clean_line(&note)).collect(),
        choices: source.choices,
    }
}

fn health(state: &FollowState, paused: bool, now: i64) -> Health {
    let since = state.failing_since.or(state.asked).unwrap_or(now);
    match &state.trouble {
        _ if paused => Health::Paused,
        _ if state.gone => Health::Gone { since },
        Some(_) if state.asked_to_wait && !state.is_due(now) => Health::Waiting {
            until: state.next_due,
        },
        Some(why) => Health::Failing {
            since,
            why: SafeText::clean_line(why),
        },
        None if state.answered.is_none() => Health::New,
        None => Health::Fresh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Outcome, RetryAfter};

    const NOW: i64 = 1_800_000_000;

    fn after(outcomes: Vec<Outcome>) -> FollowState {
        let mut state = FollowState::default();
        for outcome in outcomes {
            state.visited(outcome, NOW, 3600);
        }
        state
    }

    #[test]
    fn what_is_typed_is_an_address_a_path_or_told_to_be_neither() {
        for (typed, whole) in [
            ("https://example.com/feed", "https://example.com/feed"),
            (" Example.com/news?all=1 ", "https://Example.com/news?all=1"),
            ("HTTP://example.com", "HTTP://example.com"),
            ("feed://example.com/rss", "http://example.com/rss"),
            ("feed:https://example.com/rss", "https://example.com/rss"),
        ] {
            let origin = origin_of(typed).expect(typed);
            assert_eq!(origin.address.as_deref(), Some(whole));
            assert_eq!(origin.kind, "feed");
        }
        let folder = origin_of("src").expect("the sources are here");
        assert_eq!(
            (folder.kind.as_str(), folder.name.as_str()),
            ("folder", "src")
        );
        for typed in [
            "/nowhere/at/all",
            "nonsense",
            "../gone.d",
            "https://",
            "~/no such folder",
        ] {
            let problem = origin_of(typed).expect_err(typed);
            assert!(problem.contains("is no address"), "{problem}");
        }
        #[cfg(unix)]
        assert!(
            origin_of("/dev/null")
                .expect_err("a device")
                .contains("neither a regular file nor a folder")
        );
    }

    #[test]
    fn every_state_is_told() {
        let fresh = || Outcome::Fresh {
            etag: None,
            last_modified: None,
            moved: None,
        };
        let busy = Outcome::Busy {
            until: Some(RetryAfter::Seconds(900)),
            status: 429,
        };
        let of = |outcomes, now| health(&after(outcomes), false, now);
        assert_eq!(of(vec![], NOW), Health::New);
        assert_eq!(of(vec![fresh()], NOW), Health::Fresh);
        assert_eq!(
            of(vec![fresh(), busy.clone()], NOW),
            Health::Waiting { until: NOW + 900 }
        );
        assert!(matches!(
            of(vec![busy], NOW + 900),
            Health::Failing { since: NOW, .. }
        ));
        assert_eq!(of(vec![Outcome::Gone], NOW), Health::Gone { since: NOW });
        assert_eq!(
            health(&after(vec![Outcome::Gone]), true, NOW),
            Health::Paused
        );
    }
}
