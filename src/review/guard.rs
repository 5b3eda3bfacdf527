//! Who may ask: only the browser that was given the address with the token, from pages of this server.
//!
//! A page elsewhere can make a browser ask this server: under a name that its owner lets point here (then `Host` is that name), as a
//! request of its own (then `Origin` is its own), or with a link (then the cookie is not sent along). Invariant: what is not plainly
//! allowed is refused.

use axum::http::{HeaderMap, Method, Uri, header};

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// It is answered.
    Allowed,
    /// It brings the token: the browser gets a cookie and asks again without it.
    Arrives {
        /// Path and query without the token.
        to: String,
    },
    /// It is refused.
    Refused,
}

/// The secrets of one run.
pub(super) struct Guard {
    port: u16,
    token: String,
    /// Part of the path of sandboxed pages, which have no cookies.
    pub(super) path: String,
    /// What a form must bring along.
    pub(super) form: String,
}

impl Guard {
    /// New secrets.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub(super) fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Guard {
            port,
            token: secret()?,
            path: secret()?,
            form: secret()?,
        })
    }

    /// The address to begin with.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token)
    }

    /// Cookies are shared by all ports of a host.
    fn cookie(&self) -> String {
        format!("nianbao_{}", self.port)
    }

    /// The cookie that a browser gets: for no script, and for no request that another site began.
    pub(super) fn set_cookie(&self) -> String {
        format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie(), self.token)
    }

    /// Whether a request is answered.
    pub(super) fn judge(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Entry {
        if !self.is_host(headers) || !self.is_origin(headers) {
            return Entry::Refused;
        }
        if method == Method::GET && self.is_sandboxed(uri) {
            return Entry::Allowed;
        }
        if self.has_cookie(headers) {
            return Entry::Allowed;
        }
        match self.without_token(uri) {
            Some(to) if method == Method::GET => Entry::Arrives { to },
            _ => Entry::Refused,
        }
    }

    fn is_host(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return false;
        };
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)]
            .iter()
            .any(|own| host == own)
    }

    fn is_origin(&self, headers: &HeaderMap) -> bool {
        let own = [
            format!("http://127.0.0.1:{}", self.port),
            format!("http://localhost:{}", self.port),
        ];
        headers
            .get_all(header::ORIGIN)
            .iter()
            .all(|origin| own.iter().any(|own| origin == own))
    }

    fn is_sandboxed(&self, uri: &Uri) -> bool {
        let rest = uri
            .path()
            .strip_prefix("/source/")
            .and_then(|rest| rest.split('/').next());
        rest.is_some_and(|path| same(path, &self.path))
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie();
        let cookies = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let mut pairs = cookies
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(key, value)| key == name && same(value, &self.token))
    }

    /// The address without its token, if it has the right one.
    fn without_token(&self, uri: &Uri) -> Option<String> {
        let (mut right, mut rest) = (false, Vec::new());
        for pair in uri.query()?.split('&') {
            match pair.strip_prefix("token=") {
                Some(token) => right |= same(token, &self.token),
                None => rest.push(pair),
            }
        }
        let query = if rest.is_empty() {
            String::new()
        } else {
            format!("?{}", rest.join("&"))
        };
        // Two slashes at the beginning would lead to another host.
        right.then(|| format!("/{}{query}", uri.path().trim_start_matches('/')))
    }

    /// Whether a form was made by this server.
    pub(super) fn is_form(&self, secret: &str) -> bool {
        same(secret, &self.form)
    }
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// 128 random bits in hexadecimal.
fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(guard: &Guard, uri: &str, pairs: &[(&'static str, &str)]) -> Entry {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        guard.judge(&Method::GET, &uri.parse().unwrap(), &headers)
    }

    #[test]
    fn only_the_own_host_the_own_origin_and_the_token_are_let_in() {
        let guard = Guard::new(4000).unwrap();
        let cookie = guard.set_cookie();
        let cookie = cookie.split(';').next().unwrap();
        let own = ("host", "127.0.0.1:4000");
        assert_eq!(judge(&guard, "/r/1", &[own, ("cookie", cookie)]), Entry::Allowed);
        let with_token = format!("/?a=1&token={}", guard.token);
        assert_eq!(
            judge(&guard, &with_token, &[own]),
            Entry::Arrives { to: "/?a=1".into() }
        );
        let sandboxed = format!("/source/{}/1", guard.path);
        assert_eq!(judge(&guard, &sandboxed, &[own]), Entry::Allowed);
        for refused in [
            judge(&guard, "/r/1", &[own]),
            judge(&guard, "/?token=0", &[own]),
            judge(&guard, "/source/0/1", &[own]),
            judge(&guard, "/r/1", &[("host", "rebound.example:4000"), ("cookie", cookie)]),
            judge(&guard, "/r/1", &[("host", "127.0.0.1:4001"), ("cookie", cookie)]),
            judge(&guard, &sandboxed, &[("host", "rebound.example:4000")]),
            judge(
                &guard,
                "/r/1",
                &[own, ("cookie", cookie), ("origin", "http://evil.example")],
            ),
            judge(&guard, "/r/1", &[own, ("cookie", cookie), ("origin", "null")]),
            judge(&guard, "/r/1", &[("cookie", cookie)]),
        ] {
            assert_eq!(refused, Entry::Refused);
        }
    }

    #[test]
    fn the_way_in_leads_to_no_other_host() {
        let guard = Guard::new(4000).unwrap();
        let uri = format!("//evil.example/?token={}", guard.token);
        let Ok(uri) = uri.parse::<Uri>() else { return };
        let to = guard.without_token(&uri).unwrap();
        assert!(to.starts_with('/') && !to.starts_with("//"), "{to}");
    }
}
