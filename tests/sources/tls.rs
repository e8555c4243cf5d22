//! Certificates and TLS over real connections, with an authority that the client is told to believe: what is not good is
//! named in plain words, and nothing is read all the same.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::source::{Ask, Client, Refused};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use url::Url;

use super::{FEED, hasty, ok};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/sources/tls")
        .join(name)
}

/// A server with this certificate that gives one answer to everybody.
fn secure(certificate: &str, answer: Vec<u8>) -> SocketAddr {
    let certificate = CertificateDer::from_pem_file(file(certificate)).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(file("key.pem")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(vec![certificate], key)
        })
        .expect("a configuration");
    let config = Arc::new(config);
    plain(move |stream| {
        let Ok(connection) = ServerConnection::new(Arc::clone(&config)) else {
            return;
        };
        let mut stream = StreamOwned::new(connection, stream);
        let mut head = [0; 4096];
        if stream.read(&mut head).is_ok_and(|read| read > 0) {
            let _ = stream.write_all(&answer);
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    })
}

/// A server that does this with everybody who connects.
fn plain(script: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || listener.incoming().flatten().for_each(script));
    address
}

fn get(server: SocketAddr, host: &str) -> Result<String, Refused> {
    let hosts = HashMap::from([(host.to_owned(), server)]);
    let authority = std::fs::read(file("authority.pem")).expect("an authority");
    let client = Client::trusting(hasty(), hosts, Some(&authority));
    let address = Url::parse(&format!("https://{host}/feed")).expect("an address");
    let answer = client.get(&Ask::new(&address, true))?;
    Ok(String::from_utf8_lossy(&answer.body).into_owned())
}

fn fault(server: SocketAddr, host: &str) -> String {
    get(server, host).expect_err("refused").to_string()
}

#[test]
fn a_good_certificate_is_believed_and_others_are_told_in_plain_words() {
    let good = secure("good.pem", ok("", FEED));
    assert_eq!(get(good, "good.example").as_deref(), Ok(FEED));
    for (certificate, host, words) in [
        ("expired.pem", "good.example", "its certificate has expired"),
        (
            "good.pem",
            "other.example",
            "its certificate is for another host",
        ),
        (
            "selfsigned.pem",
            "good.example",
            "nobody who is trusted here has signed",
        ),
    ] {
        let server = secure(certificate, ok("", FEED));
        let said = fault(server, host);
        assert!(
            said.starts_with("the connection is not safe: ") && said.contains(words),
            "{certificate}: {said}"
        );
    }
}

#[test]
fn without_being_told_to_no_private_authority_is_believed() {
    let server = secure("good.pem", ok("", FEED));
    let hosts = HashMap::from([("good.example".to_owned(), server)]);
    let address = Url::parse("https://good.example/").expect("an address");
    let refused = Client::new(hasty(), hosts).get(&Ask::new(&address, true));
    assert!(matches!(refused, Err(Refused::Unsafe(_))), "{refused:?}");
}

#[test]
fn old_tls_and_none_are_told_in_plain_words() {
    let old = plain(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        // A fatal alert of TLS 1.0: the version is not spoken here.
        let _ = stream.write_all(&[0x15, 3, 1, 0, 2, 2, 70]);
    });
    assert!(
        fault(old, "good.example").contains("an old kind of TLS"),
        "{}",
        fault(old, "good.example")
    );
    let none = plain(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    assert!(
        fault(none, "good.example").contains("does not speak TLS"),
        "{}",
        fault(none, "good.example")
    );
}

#[test]
fn a_redirect_from_https_to_http_is_refused() {
    let redirect = super::answer("302 Found", "Location: http://good.example/feed\r\n", b"");
    let server = secure("good.pem", redirect);
    assert_eq!(get(server, "good.example"), Err(Refused::Downgrade));
}
