//! Names to addresses, and which of these are nobody's business but the user's: loopback, private, link-local and
//! reserved ranges, also inside IPv6. It exists so that no feed and no redirect can make this program knock at the
//! user's router.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// What the error of a refused look-up says; [`super::Refused`] knows it again by these words.
pub const PRIVATE: &str = "leads into your own network";

/// Looks names up.
#[derive(Debug)]
pub struct Lookup {
    system: DefaultResolver,
    only_public: bool,
    hosts: Arc<HashMap<String, SocketAddr>>,
}

impl Lookup {
    /// `hosts` are known without asking; of the others, `only_public` refuses those that lead inwards.
    pub fn new(only_public: bool, hosts: Arc<HashMap<String, SocketAddr>>) -> Self {
        Self {
            system: DefaultResolver::default(),
            only_public,
            hosts,
        }
    }
}

impl Resolver for Lookup {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        if let Some(known) = uri.host().and_then(|h| self.hosts.get(h)) {
            let mut found = self.empty();
            found.push(*known);
            return Ok(found);
        }
        let found = self.system.resolve(uri, config, timeout)?;
        // A proxy is the user's own choice, and may well stand inside.
        let proxy = config.proxy().is_some_and(|p| Some(p.host()) == uri.host());
        if self.only_public && !proxy && found.iter().any(|a| is_private(a.ip())) {
            let error = io::Error::new(io::ErrorKind::PermissionDenied, PRIVATE);
            return Err(ureq::Error::Io(error));
        }
        Ok(found)
    }
}

/// Whether the host of an address is itself an address inside.
pub fn is_private_host(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(ip)) => is_private(ip.into()),
        Some(Host::Ipv6(ip)) => is_private(ip.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => true,
    }
}

/// Whether an address is not one of the public Internet.
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    // Mapped, compatible, NAT64 and 6to4 addresses carry an IPv4 address.
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([w, x], [y, z]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(w, x, y, z))
    };
    match (a, b) {
        (0, 0) if [c, d, e] == [0; 3] && (f == 0 || f == 0xFFFF) => v4(g, h),
        (0x64, 0xFF9B) => v4(g, h),
        (0x2002, _) => v4(b, c),
        _ => {
            ip.is_multicast()
                || (a & 0xFE00) == 0xFC00
                || (a & 0xFFC0) == 0xFE80
                || (a, b) == (0x2001, 0xDB8)
        }
    }
}

/// The `Authorization` header for the name and password that an address holds.
pub fn credentials(address: &Url) -> Option<String> {
    if address.username().is_empty() && address.password().is_none() {
        return None;
    }
    let decode = |t: &str| percent_decoded(t);
    let pair = [
        decode(address.username()),
        vec![b':'],
        decode(address.password().unwrap_or_default()),
    ]
    .concat();
    Some(format!("Basic {}", base64(&pair)))
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        let hex = text
            .get(at + 1..at + 3)
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex.filter(|_| *b == b'%') {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(*b);
                at += 1;
            }
        }
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_inside_and_what_lies_outside() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::127.0.0.1",
            "ff02::1",
        ] {
            assert!(is_private(inside.parse().expect("an address")), "{inside}");
        }
        for outside in [
            "93.184.216.34",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "2606:2800:220:1::",
            "::ffff:8.8.8.8",
        ] {
            assert!(
                !is_private(outside.parse().expect("an address")),
                "{outside}"
            );
        }
        for host in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::ffff:7f00:1]/",
            "http://localhost./",
            "http://a.localhost/",
        ] {
            assert!(
                is_private_host(&Url::parse(host).expect("an address")),
                "{host}"
            );
        }
    }

    #[test]
    fn names_and_passwords_go_into_the_header() {
        let of = |a: &str| credentials(&Url::parse(a).expect("an address"));
        assert_eq!(of("https://a.example/"), None);
        assert_eq!(
            of("https://Aladdin:open%20sesame@a.example/").as_deref(),
            Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        );
    }
}
