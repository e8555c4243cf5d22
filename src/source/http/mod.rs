//! The only code that talks to the network: one GET at a time, redirects followed by hand so that each hop can be judged.
//! It refuses to be led into the user's own network by anything but the address that the user typed, to go from https
//! to http, and to read more than the limits. It sends no cookies and no referrer, and fetches nothing that a page or
//! feed merely mentions.

mod gate;
mod lookup;
mod packed;
mod refused;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ureq::http::{HeaderMap, HeaderName, HeaderValue, Response, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::{limits, time};
pub(super) use gate::Gate;
use lookup::Lookup;
pub use refused::{Refused, masked, nameless, without_secrets};

/// What this program calls itself.
const USER_AGENT: &str = concat!(
    "dateline/",
    env!("CARGO_PKG_VERSION"),
    " (terminal reader for press releases)"
);

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Until there is a connection.
    pub connect: Duration,
    /// Between two bytes.
    pub idle: Duration,
    /// From the question to the last byte of the answer.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            total: Duration::from_secs(60),
        }
    }
}

/// One question.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Where to.
    pub address: &'a Url,
    /// Whether the user typed the address: then it may lead into the user's own network.
    pub typed: bool,
    /// The `ETag` of the answer that is known.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` of the answer that is known.
    pub last_modified: Option<&'a str>,
    /// More headers, as the user set them for this source: they go to the place of the address and to no other.
    pub headers: &'a [(String, String)],
}

impl<'a> Ask<'a> {
    /// A question without conditions.
    #[must_use]
    pub fn new(address: &'a Url, typed: bool) -> Self {
        Self {
            address,
            typed,
            etag: None,
            last_modified: None,
            headers: &[],
        }
    }
}

/// One answer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status: never one of the redirects that were followed.
    pub status: u16,
    /// Where it came from in the end.
    pub address: Url,
    /// Where the source has moved for good: every redirect on the way was a permanent one.
    pub moved: Option<Url>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// How many seconds the server wants to be left alone, from `now` as it was given.
    pub retry_after: Option<RetryAfter>,
    /// The media type, without parameters, in lower case.
    pub media: Option<String>,
    /// The encoding that the server declares.
    pub charset: Option<String>,
    /// The body, unfolded.
    pub body: Vec<u8>,
}

/// When a server wants to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds from now.
    Seconds(i64),
    /// At this time, in seconds since the epoch.
    At(i64),
}

/// Asks servers. Cheap to share between threads.
#[derive(Debug)]
pub struct Client {
    trusting: Agent,
    guarded: Agent,
    gate: Gate,
}

impl Default for Client {
    fn default() -> Self {
        // As OpenSSL and curl have it: authorities of the user's own in place of the built-in ones.
        let authorities =
            std::env::var_os("SSL_CERT_FILE").and_then(|path| std::fs::read(path).ok());
        Self::trusting(Patience::default(), HashMap::new(), authorities.as_deref())
    }
}

impl Client {
    /// A client. `hosts` are names with fixed addresses that need no look-up and count as public, as in `/etc/hosts`.
    #[must_use]
    pub fn new(patience: Patience, hosts: HashMap<String, SocketAddr>) -> Self {
        Self::trusting(patience, hosts, None)
    }

    /// As [`Client::new`], believing the certificates of these authorities (PEM) in place of the built-in ones; where
    /// there are none among it, of the built-in ones.
    #[must_use]
    pub fn trusting(
        patience: Patience,
        hosts: HashMap<String, SocketAddr>,
        authorities: Option<&[u8]>,
    ) -> Self {
        let hosts = Arc::new(hosts);
        let roots = authorities.map_or(RootCerts::WebPki, roots);
        let agent = |only_public| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(USER_AGENT)
                .timeout_connect(Some(patience.connect))
                .timeout_per_read(Some(patience.idle))
                .timeout_global(Some(patience.total))
                .max_response_header_size(limits::HEADERS)
                .max_idle_connections_per_host(limits::CONNECTIONS)
                .tls_config(TlsConfig::builder().root_certs(roots.clone()).build())
                .build();
            Agent::with_parts(
                config,
                DefaultConnector::default(),
                Lookup::new(only_public, Arc::clone(&hosts)),
            )
        };
        Self {
            trusting: agent(false),
            guarded: agent(true),
            gate: Gate::new(limits::CONNECTIONS),
        }
    }

    /// Asks, and follows redirects.
    ///
    /// # Errors
    /// [`Refused`], where there is no whole answer within the limits.
    pub fn get(&self, ask: &Ask<'_>) -> Result<Answer, Refused> {
        let mut address = ask.address.clone();
        let mut permanent = true;
        for _ in 0..=limits::REDIRECTS {
            // The typed host stays trusted on its own redirects, no other does.
            let trusted = ask.typed && address.host() == ask.address.host();
            let _permit = self.gate.enter(address.host_str().unwrap_or_default());
            let headers = if may_follow(ask.address, &address) {
                ask.headers
            } else {
                &[]
            };
            let response = self.once(&address, ask, trusted, headers)?;
            let status = response.status().as_u16();
            let Some(next) = redirect(status, &address, response.headers())? else {
                let moved = (permanent && address != *ask.address).then(|| address.clone());
                return answer(response, address, moved);
            };
            permanent &= matches!(status, 301 | 308);
            address = next;
        }
        Err(Refused::Redirects(limits::REDIRECTS))
    }

    fn once(
        &self,
        address: &Url,
        ask: &Ask<'_>,
        trusted: bool,
        headers: &[(String, String)],
    ) -> Result<Response<Body>, Refused> {
        if !matches!(address.scheme(), "http" | "https") {
            return Err(Refused::Scheme(address.scheme().to_owned()));
        }
        if !trusted && lookup::is_private_host(address) {
            return Err(Refused::Private);
        }
        let agent = if trusted {
            &self.trusting
        } else {
            &self.guarded
        };
        let mut bare = address.clone();
        // Neither can fail on an address that has a host.
        let _ = bare.set_username("");
        let _ = bare.set_password(None);
        bare.set_fragment(None);
        let mut request = agent
            .get(bare.as_str())
            .header(header::ACCEPT_ENCODING, packed::ACCEPTED);
        let credentials = lookup::credentials(address);
        let ours = [
            (header::ACCEPT, Some(ACCEPT)),
            (header::AUTHORIZATION, credentials.as_deref()),
            (header::IF_NONE_MATCH, ask.etag),
            (header::IF_MODIFIED_SINCE, ask.last_modified),
        ];
        for (name, value) in ours {
            // The user's word goes before ours.
            let theirs = headers.iter().any(|(n, _)| name == n.as_str());
            if let Some(value) = value.filter(|_| !theirs) {
                request = request.header(name, value);
            }
        }
        for (name, value) in headers {
            request = request.header(name.as_str(), value.as_str());
        }
        request.call().map_err(Refused::from)
    }
}

/// A place on the network, as far as secrets go: scheme, host and port.
#[must_use]
pub fn place(address: &Url) -> String {
    address.origin().ascii_serialization()
}

/// Whether what was given for one address may be sent to another: they are one place, or the same host has changed from
/// http to https, each at its usual port.
#[must_use]
pub fn may_follow(given_for: &Url, to: &Url) -> bool {
    let usual = |address: &Url, scheme| address.scheme() == scheme && address.port().is_none();
    let secured = given_for.host() == to.host() && usual(given_for, "http") && usual(to, "https");
    given_for.origin() == to.origin() || secured
}

/// A header as people type it, `Name: value`.
///
/// # Errors
/// In words, where it is none, or one that cannot be chosen.
pub fn header(typed: &str) -> Result<(String, String), String> {
    /// What follows from the question itself.
    const OURS: [HeaderName; 6] = [
        header::HOST,
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::ACCEPT_ENCODING,
        header::IF_NONE_MATCH,
    ];
    let (name, value) = typed.split_once(':').ok_or("write it as 'Name: value'")?;
    let (name, value) = (name.trim(), value.trim());
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| format!("{name} is no name of a header"))?;
    if OURS.contains(&parsed) {
        return Err(format!("{name} cannot be chosen"));
    }
    HeaderValue::from_str(value).map_err(|_| format!("{name} cannot have this value"))?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The authorities of a PEM file.
fn roots(pem: &[u8]) -> RootCerts {
    let found = parse_pem(pem).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    let found: Vec<_> = found.collect();
    if found.is_empty() {
        RootCerts::WebPki
    } else {
        RootCerts::from(found)
    }
}

/// What is wanted, feeds first.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/rdf+xml;q=0.9, \
                      application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, */*;q=0.5";

/// Where a redirect leads; `None` where the status is none.
fn redirect(status: u16, from: &Url, headers: &HeaderMap) -> Result<Option<Url>, Refused> {
    if !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let written = text(headers, header::LOCATION).ok_or(Refused::NoLocation)?;
    let next = from.join(&written).map_err(|_| Refused::NoLocation)?;
    match (from.scheme(), next.scheme()) {
        ("https", "http") => Err(Refused::Downgrade),
        (_, "http" | "https") => Ok(Some(next)),
        (_, other) => Err(Refused::Scheme(other.to_owned())),
    }
}

fn answer(
    mut response: Response<Body>,
    address: Url,
    moved: Option<Url>,
) -> Result<Answer, Refused> {
    let headers = response.headers();
    let announced = text(headers, header::CONTENT_LENGTH).and_then(|l| l.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limits::WIRE) {
        return Err(Refused::TooLarge(limits::WIRE));
    }
    let kind = text(headers, header::CONTENT_TYPE)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let charset = kind
        .split("charset=")
        .nth(1)
        .map(|c| c.trim_matches(['"', '\'', ' ']).to_owned());
    let media = kind
        .split(';')
        .next()
        .map(|m| m.trim().to_owned())
        .filter(|m| !m.is_empty());
    let (etag, last_modified) = (
        text(headers, header::ETAG),
        text(headers, header::LAST_MODIFIED),
    );
    let retry_after = text(headers, header::RETRY_AFTER).and_then(|r| retry_after(&r));
    let status = response.status().as_u16();
    let packings: Vec<&str> = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let packings = packings.join(",");
    let body = match status {
        304 => Vec::new(),
        _ => packed::read(response.body_mut().as_reader(), &packings)?,
    };
    Ok(Answer {
        status,
        address,
        moved,
        etag,
        last_modified,
        retry_after,
        media,
        charset: charset.map(|c| c.split(';').next().unwrap_or_default().to_owned()),
        body,
    })
}

/// A header as text; what is no text is as good as absent.
fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn retry_after(value: &str) -> Option<RetryAfter> {
    if value.bytes().all(|b| b.is_ascii_digit()) {
        // A number beyond all numbers is still a wish to be left alone.
        return Some(RetryAfter::Seconds(value.parse().unwrap_or(i64::MAX)));
    }
    let instant = time::instant(value)?;
    let timestamp: jiff::Timestamp = instant.parse().ok()?;
    Some(RetryAfter::At(timestamp.as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_for_one_place_goes_to_no_other() {
        let of = |address: &str| Url::parse(address).expect("an address");
        let may = |from: &str, to: &str| may_follow(&of(from), &of(to));
        assert!(may("https://a.example/1", "https://a.example/2?x"));
        assert!(may("http://a.example/1", "https://a.example/1"));
        assert!(may("http://a.example:80/", "http://a.example/"));
        for other in [
            "https://b.example/1",
            "http://a.example/1",
            "https://a.example:8443/1",
            "https://www.a.example/1",
        ] {
            assert!(!may("https://a.example/1", other), "{other}");
        }
        assert_eq!(
            place(&of("https://u:p@a.example/x?key=1")),
            "https://a.example"
        );
    }
}
