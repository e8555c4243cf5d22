//! Why there is no answer, in words that say what to do. Addresses appear in them without passwords and tokens.

use std::io;

use url::Url;

use super::lookup::PRIVATE;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The address is of a kind that is never fetched.
    #[error("addresses of the kind {0}: are not fetched")]
    Scheme(String),
    /// A redirect or a feed leads to the user's own network.
    #[error("refused: leads into your own network")]
    Private,
    /// A redirect from https to http.
    #[error("refused: it leads from https to http, where others can read and change it")]
    Downgrade,
    /// A chain of redirects without end.
    #[error("it redirects more than {0} times")]
    Redirects(usize),
    /// A redirect to nowhere.
    #[error("it redirects without saying where to")]
    NoLocation,
    /// The answer is over a limit, in bytes.
    #[error("too large: over {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// The server took too long.
    #[error("the server did not answer in time")]
    Slow,
    /// There is no such host.
    #[error("no such host")]
    NoHost,
    /// No connection.
    #[error("cannot connect: {0}")]
    Unreachable(String),
    /// The certificate is not good, or TLS failed otherwise.
    #[error("the connection is not safe: {0}")]
    Unsafe(String),
    /// The server answered, but not with what was asked for.
    #[error("{0}")]
    Status(String),
    /// The answer is packed in a way that is not known.
    #[error("its answer is packed as {0}, which cannot be unpacked here")]
    Packed(String),
    /// The answer ended before its end.
    #[error("the answer was cut off; what is here already was kept")]
    Incomplete,
    /// The answer is no HTTP.
    #[error("the server's answer cannot be understood: {0}")]
    Broken(String),
}

impl From<ureq::Error> for Refused {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::Slow,
            ureq::Error::HostNotFound => Self::NoHost,
            ureq::Error::BodyExceedsLimit(limit) => Self::TooLarge(limit),
            ureq::Error::ConnectionFailed => Self::Unreachable("no connection".to_owned()),
            ureq::Error::Tls(words) => Self::Unsafe(words.to_owned()),
            ureq::Error::Rustls(error) => Self::of_tls(&error),
            ureq::Error::Io(error) => Self::of_io(error),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl Refused {
    /// A certificate that is not good, and other faults of TLS, in plain words.
    fn of_tls(error: &rustls::Error) -> Self {
        use rustls::{AlertDescription, CertificateError as Fault, Error};
        let words = match error {
            Error::InvalidCertificate(Fault::Expired | Fault::ExpiredContext { .. }) => {
                "its certificate has expired (or this computer's clock is wrong)"
            }
            Error::InvalidCertificate(Fault::NotValidYet | Fault::NotValidYetContext { .. }) => {
                "its certificate does not hold yet (or this computer's clock is wrong)"
            }
            Error::InvalidCertificate(
                Fault::NotValidForName | Fault::NotValidForNameContext { .. },
            ) => "its certificate is for another host",
            Error::InvalidCertificate(Fault::UnknownIssuer) => {
                "nobody who is trusted here has signed its certificate"
            }
            Error::InvalidCertificate(Fault::Revoked) => "its certificate was taken back",
            Error::PeerIncompatible(_)
            | Error::AlertReceived(
                AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure,
            ) => "the server speaks only an old kind of TLS",
            Error::InvalidMessage(_) => "the server does not speak TLS",
            other => return Self::Unsafe(other.to_string()),
        };
        Self::Unsafe(words.to_owned())
    }

    pub(super) fn of_io(error: io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
        if let Some(error) = inner {
            return Self::of_tls(error);
        }
        if error.to_string().contains(PRIVATE) {
            return Self::Private;
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe => Self::Incomplete,
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Self::Slow,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Self::Broken(error.to_string())
            }
            _ if error.to_string().contains("lookup") => Self::NoHost,
            _ => Self::Unreachable(crate::source::file::words(&error)),
        }
    }
}

/// Whether what a query calls so looks like a token.
fn is_secret(name: &str) -> bool {
    const SECRET: &[&str] = &[
        "token",
        "key",
        "auth",
        "secret",
        "password",
        "pass",
        "sig",
        "signature",
        "apikey",
        "access_token",
    ];
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|secret| name.ends_with(secret))
}

/// An address without name, password and what looks like a token; `None` where it has none of these.
#[must_use]
pub fn without_secrets(address: &Url) -> Option<Url> {
    let mut open = address.clone();
    // Neither can fail on an address that has a host.
    let _ = open.set_username("");
    let _ = open.set_password(None);
    if address.query_pairs().any(|(name, _)| is_secret(&name)) {
        let kept: Vec<(String, String)> = address
            .query_pairs()
            .filter(|(name, _)| !is_secret(name))
            .map(|(n, v)| (n.into_owned(), v.into_owned()))
            .collect();
        open.set_query(None);
        if !kept.is_empty() {
            open.query_pairs_mut().extend_pairs(kept);
        }
    }
    (open != *address).then_some(open)
}

/// An address for people to see: without password, and without what looks like a token.
#[must_use]
pub fn masked(address: &Url) -> String {
    let mut shown = address.clone();
    if shown.password().is_some() {
        // Cannot fail: an address with a password has a host.
        let _ = shown.set_password(Some("***"));
    }
    let pairs: Vec<(String, String)> = address
        .query_pairs()
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    if pairs.iter().any(|(name, _)| is_secret(name)) {
        let hidden = pairs
            .iter()
            .map(|(n, v)| (n, if is_secret(n) { "***" } else { v }));
        shown.query_pairs_mut().clear().extend_pairs(hidden);
    }
    shown.to_string()
}

/// What a source at an address is called until it says so itself: the address without scheme and secrets.
#[must_use]
pub fn nameless(address: &Url) -> String {
    let mut bare = address.clone();
    // Neither can fail on an address that has a host.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    let shown = masked(&bare);
    let (_, rest) = shown.split_once("://").unwrap_or(("", &shown));
    rest.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_wrong_is_said_in_plain_words() {
        let io = |kind: io::ErrorKind| ureq::Error::Io(kind.into());
        for (error, words) in [
            (ureq::Error::HostNotFound, "no such host"),
            (
                io(io::ErrorKind::TimedOut),
                "the server did not answer in time",
            ),
            (
                io(io::ErrorKind::ConnectionRefused),
                "cannot connect: connection refused",
            ),
            (
                io(io::ErrorKind::UnexpectedEof),
                "the answer was cut off; what is here already was kept",
            ),
            (
                ureq::Error::Io(io::Error::other("failed to lookup address information")),
                "no such host",
            ),
        ] {
            assert_eq!(Refused::from(error).to_string(), words);
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        for (address, shown) in [
            ("https://u:p@a.example/x", "https://u:***@a.example/x"),
            (
                "https://a.example/rss?TOKEN=abc&n=1",
                "https://a.example/rss?TOKEN=***&n=1",
            ),
            ("https://a.example/rss?n=1", "https://a.example/rss?n=1"),
        ] {
            assert_eq!(masked(&Url::parse(address).expect("an address")), shown);
        }
    }
    #[test]
    fn a_source_without_a_name_is_called_by_its_address() {
        for (address, name) in [
            ("https://a.example/rss/", "a.example/rss"),
            ("https://ann:secret@a.example/?key=1", "a.example/?key=***"),
        ] {
            assert_eq!(nameless(&Url::parse(address).expect("an address")), name);
        }
    }
}
