//! One visit to a source: one conditional request, what came is read, and the state is moved on. A source that fails is a
//! state of that source. It refuses to know of other visits: who visits many at once stands in `visitors`.

use std::collections::HashSet;
use std::ops::ControlFlow;

use url::Url;

use super::document::of_bytes;
use super::follow::{FollowState, Outcome};
use super::http::{Answer, Ask, Client, Refused, masked, may_follow};
use super::sniff::{self, Kind};
use super::visitors::{Turn, Turns};
use super::{Problem, Read, decode, feed, html, links};
use crate::release::Incoming;

/// A source to be visited.
#[derive(Clone, Debug)]
pub struct Follow {
    /// Its address.
    pub address: Url,
    /// Whether it is a page that is followed for its links, and no feed.
    pub page: bool,
    /// Headers that the user set for it.
    pub headers: Vec<(String, String)>,
    /// The usual time between two visits, in seconds.
    pub interval: i64,
    /// What is known of it.
    pub state: FollowState,
}

/// What a visit brought.
#[derive(Debug, Default)]
pub struct Visit {
    /// The state after it.
    pub state: FollowState,
    /// The address the source has moved to, once it is certain.
    pub moved: Option<Url>,
    /// It is no feed but a page that is followed for its links.
    pub page: bool,
    /// What the source calls itself.
    pub title: Option<String>,
    /// What it has now.
    pub releases: Vec<Incoming>,
    /// Why there is nothing, or not all.
    pub problem: Option<Problem>,
    /// What is to be said of what it brought.
    note: Option<String>,
    /// Kept until what it brought is handed over.
    turn: Option<Turn>,
}

/// Visits one source at `now`, in seconds since the epoch. A source that has never answered may turn out to be a page:
/// then its feed is visited in its place, or where it has none, its links are read.
#[must_use]
pub fn visit(client: &Client, follow: &Follow, now: i64) -> Visit {
    visit_in_turn(client, follow, now, &Turns::new(1))
}

/// As [`visit`], of many: what comes is understood when its turn has come.
pub(super) fn visit_in_turn(client: &Client, follow: &Follow, now: i64, turns: &Turns) -> Visit {
    let mut visit = Visit {
        state: follow.state.clone(),
        page: follow.page,
        ..Visit::default()
    };
    let typed = !follow.state.led;
    let asked = ask(client, follow, (&follow.address, typed), turns, &mut visit);
    let (outcome, found) = match asked {
        Asked::Page(feed) => {
            let own = typed && feed.host() == follow.address.host();
            // Whoever waits for another answer holds nothing up.
            visit.turn = None;
            match ask(client, follow, (&feed, own), turns, &mut visit) {
                Asked::Said(outcome) => (outcome, Some(feed)),
                Asked::Page(_) => (Outcome::Failed(its_feed_is_at(&feed)), None),
            }
        }
        Asked::Said(outcome) => (outcome, None),
    };
    let good = matches!(outcome, Outcome::Fresh { .. });
    let moved = visit.state.visited(outcome, now, follow.interval);
    if good {
        visit.state.note = visit.note.take();
    }
    if moved.is_some() {
        visit.state.was_at = Some(masked(&follow.address));
    }
    visit.moved = moved
        .and_then(|m| Url::parse(&m).ok())
        .or(found.filter(|_| good));
    let led = |to: &Url| to.host() != follow.address.host();
    visit.state.led |= visit.moved.as_ref().is_some_and(led);
    if let Some(trouble) = visit.state.trouble.as_deref() {
        visit.problem = Some(Problem::new(&masked(&follow.address), trouble));
    }
    visit
}

/// What asking brought: an outcome, or a page that names a feed.
pub(super) enum Asked {
    Said(Outcome),
    Page(Url),
}

fn ask(
    client: &Client,
    follow: &Follow,
    (address, typed): (&Url, bool),
    turns: &Turns,
    visit: &mut Visit,
) -> Asked {
    // A feed that a page names may lie at another place than the page.
    let headers: &[_] = if may_follow(&follow.address, address) {
        &follow.headers
    } else {
        &[]
    };
    let question = Ask {
        etag: follow.state.etag.as_deref(),
        last_modified: follow.state.last_modified.as_deref(),
        headers,
        ..Ask::new(address, typed)
    };
    match client.get(&question) {
        Ok(answer) => {
            if !answer.body.is_empty() {
                visit.turn = Some(turns.wait());
                return turns.unfold(follow, answer, visit);
            }
            understood(follow, answer, visit)
        }
        Err(refused) => Asked::Said(Outcome::Failed(refused.to_string())),
    }
}

/// What an answer means; what it holds goes into `visit`.
pub(super) fn understood(follow: &Follow, answer: Answer, visit: &mut Visit) -> Asked {
    let moved = answer.moved.as_ref().map(Url::to_string);
    Asked::Said(match answer.status {
        200..=299 => match content(follow, &answer, visit) {
            Ok(None) => Outcome::Fresh {
                etag: answer.etag,
                last_modified: answer.last_modified,
                moved,
            },
            Ok(Some(feed)) => return Asked::Page(feed),
            Err(words) => Outcome::Failed(words),
        },
        304 => Outcome::Unchanged {
            etag: answer.etag,
            moved,
        },
        410 => Outcome::Gone,
        429 | 503 => Outcome::Busy {
            until: answer.retry_after,
            status: answer.status,
        },
        status => Outcome::Failed(status_words(status)),
    })
}

fn status_words(status: u16) -> String {
    match status {
        401 => {
            "it wants a password (status 401): follow it as https://name:password@host/…".to_owned()
        }
        407 => "the proxy wants a password (status 407)".to_owned(),
        403 => "the server refuses (status 403)".to_owned(),
        404 => "not found (status 404): has it moved? what is here was kept".to_owned(),
        429 => "the server asks to wait (status 429)".to_owned(),
        500..=599 => format!("the server has a fault (status {status})"),
        _ => format!("the server answered with status {status}"),
    }
}

/// Reads what came. Gives the address of a feed where it is a page that names one and was never anything else.
fn content(follow: &Follow, answer: &Answer, visit: &mut Visit) -> Result<Option<Url>, String> {
    if answer.body.trim_ascii().is_empty() {
        return Err("the answer is empty; what is here was kept".to_owned());
    }
    let kind = kind(answer).map_err(|what| format!("no feed: {what}"))?;
    match kind {
        Kind::Html => return page(follow, answer, visit),
        Kind::Json | Kind::JsonLines => {
            let place = super::file::Place::new(masked(&answer.address));
            of_bytes(&place, kind, &answer.body, &mut |read| {
                if let Read::Release(incoming) = read {
                    visit.releases.push(*incoming);
                }
                ControlFlow::Continue(())
            });
        }
        _ => {
            let feed = feed::parse(
                &answer.body,
                answer.charset.as_deref(),
                Some(&answer.address),
            );
            let feed =
                feed.ok_or("no feed: something else is at this address; what is here was kept")?;
            visit.note = feed.note();
            visit.title = feed.title;
            visit.releases = feed.entries;
        }
    }
    for release in &mut visit.releases {
        release.path = None;
    }
    Ok(None)
}

/// A web page where a feed was expected, or a page that is followed for its links.
fn page(follow: &Follow, answer: &Answer, visit: &mut Visit) -> Result<Option<Url>, String> {
    let text = page_text(answer);
    let new = follow.state.answered.is_none();
    let feed = links::feeds(&text, &answer.address).into_iter().next();
    match feed {
        Some((feed, _)) if new && !follow.page => return Ok(Some(feed)),
        Some((feed, _)) if !follow.page => return Err(its_feed_is_at(&feed)),
        _ => {}
    }
    let (title, releases) = links::releases(&text, &answer.address);
    if !releases.is_empty() && (follow.page || new) {
        (visit.page, visit.title, visit.releases) = (true, title, releases);
        return Ok(None);
    }
    if follow.page {
        return Err(
            "the page lists no releases any more; what is here was kept: look whether it has a feed"
                .to_owned(),
        );
    }
    Err("this is a web page without a feed; what is here was kept".to_owned())
}

fn its_feed_is_at(feed: &Url) -> String {
    format!("this is a web page; its feed is at {}", masked(feed))
}

/// What came, by its content and then by what the server calls it.
fn kind(answer: &Answer) -> Result<Kind, &'static str> {
    let head = &answer.body[..answer.body.len().min(sniff::HEAD)];
    let kind = sniff::kind(answer.address.path(), head)?;
    let html = answer.media.as_deref().is_some_and(|m| m.contains("html"));
    Ok(if kind == Kind::Plain && html {
        Kind::Html
    } else {
        kind
    })
}

fn page_text(answer: &Answer) -> String {
    let declared = answer
        .charset
        .clone()
        .or_else(|| html::charset(&answer.body));
    decode(&answer.body, declared.as_deref())
}

/// A visit that made a parser panic.
pub(super) fn failed(follow: &Follow, now: i64) -> Visit {
    let words = "dateline failed on what this source sent; please report it";
    let mut state = follow.state.clone();
    state.visited(Outcome::Failed(words.to_owned()), now, follow.interval);
    Visit {
        state,
        problem: Some(Problem::new(&masked(&follow.address), words)),
        ..Visit::default()
    }
}

/// Reads what is at an address once, whatever it is: a feed, a page, a text.
///
/// # Errors
/// [`Refused`], where there is no whole answer.
pub fn read_address(client: &Client, address: &Url, sink: super::Sink<'_>) -> Result<(), Refused> {
    let answer = client.get(&Ask::new(address, true))?;
    let place = super::file::Place::new(masked(address));
    if !(200..300).contains(&answer.status) {
        let _ = sink(place.problem(&status_words(answer.status)));
        return Ok(());
    }
    match kind(&answer) {
        Err(what) => {
            let _ = sink(place.problem(what));
        }
        Ok(Kind::Html) => {
            let mut incoming = html::page(&page_text(&answer), Some(&answer.address));
            incoming.original = answer.body;
            let _ = sink(Read::Release(Box::new(incoming)));
        }
        Ok(Kind::Feed) => match feed::parse(
            &answer.body,
            answer.charset.as_deref(),
            Some(&answer.address),
        ) {
            Some(feed) => {
                let _ = feed
                    .entries
                    .into_iter()
                    .try_for_each(|e| sink(Read::Release(Box::new(e))));
            }
            None => {
                let _ = sink(place.problem("not a feed, though it is XML"));
            }
        },
        Ok(kind) => of_bytes(&place, kind, &answer.body, sink),
    }
    Ok(())
}

/// Whether a release from a feed is only a teaser of the page it links to.
#[must_use]
pub fn is_teaser(incoming: &Incoming) -> bool {
    const SHORT: usize = 600;
    let text = incoming.text.trim_end();
    let cut = ["…", "...", "[…]", "[...]", "more", "More"]
        .iter()
        .any(|end| text.ends_with(end));
    incoming.url.is_some() && (text.len() < SHORT || (cut && text.len() < 4 * SHORT))
}

/// Whether a page has the words of a teaser. One that asks for consent, for a password or for money in its place has
/// not, and says more than the teaser all the same.
fn speaks_of(page: &Incoming, teaser: &Incoming) -> bool {
    /// So few words prove nothing.
    const FEW: usize = 3;
    let words = |release: &Incoming| -> HashSet<String> {
        let headline = release.headline.as_deref().unwrap_or_default();
        let all = headline.split_whitespace();
        all.chain(release.text.split_whitespace())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| word.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let (has, wanted) = (words(page), words(teaser));
    let found = wanted.intersection(&has).count();
    wanted.len() < FEW || found * 3 >= wanted.len()
}

/// The release with the full text of its page, where that says more. The page is one that a feed named, so it may not
/// lead into the user's own network unless it lies on the host that the user follows.
///
/// # Errors
/// [`Refused`], where there is no whole answer; the teaser is as it was.
pub fn completed(
    client: &Client,
    incoming: &Incoming,
    follows: &Url,
) -> Result<Option<Incoming>, Refused> {
    let Some(address) = incoming.url.as_deref().and_then(|u| Url::parse(u).ok()) else {
        return Ok(None);
    };
    let own = address.host() == follows.host()
        && address.port_or_known_default() == follows.port_or_known_default();
    let answer = client.get(&Ask::new(&address, own))?;
    // What is only so for now is worth another attempt; what the server will not give is not.
    if matches!(answer.status, 408 | 425 | 429 | 500..) {
        return Err(Refused::Status(status_words(answer.status)));
    }
    let is_page = kind(&answer) == Ok(Kind::Html);
    if answer.status != 200 || !is_page {
        return Ok(None);
    }
    let page = html::page(&page_text(&answer), Some(&answer.address));
    if page.text.len() <= incoming.text.len() || !speaks_of(&page, incoming) {
        return Ok(None);
    }
    Ok(Some(Incoming {
        text: page.text,
        markup: page.markup,
        original: answer.body,
        format: page.format,
        published: incoming.published.clone().or(page.published),
        headline: incoming.headline.clone().or(page.headline),
        issuer: incoming.issuer.clone().or(page.issuer),
        language: incoming.language.clone().or(page.language),
        ..incoming.clone()
    }))
}
