//! Where a redirect may lead. A person may name any address; a server may not send us into a private network, to another
//! scheme or out of encryption. Rules only: nothing is looked up here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

use super::error::{FetchError, quote};

/// The name or number of the host, as messages show it.
pub(super) fn host_name(url: &Url) -> String {
    quote(url.host_str().unwrap_or_default())
}

/// Whether the address is this machine's own by its look; such requests never go through a proxy.
pub(super) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

/// Checks what can be seen of a redirect before its host is looked up. `written` is the address that the person gave.
pub(super) fn check_redirect(from: &Url, to: &Url, written: &Url) -> Result<(), FetchError> {
    if !matches!(to.scheme(), "http" | "https") {
        return Err(FetchError::RedirectScheme { scheme: quote(to.scheme()) });
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(FetchError::RedirectDowngrade { host: host_name(to) });
    }
    let is_private_number = match to.host() {
        Some(Host::Ipv4(ip)) => is_private(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_private(IpAddr::V6(ip)),
        Some(Host::Domain(_)) => is_this_machine(to),
        None => true,
    };
    if is_private_number && !is_meant(from, to, written) {
        return Err(FetchError::RedirectPrivate { host: host_name(to) });
    }
    Ok(())
}

/// Whether a redirect leads to what the person meant who wrote an address: its own server, or another port of its host when that
/// host itself sends us. Home servers move so between their ports, and what runs there reaches them without us. Another host
/// that sends us to such a port may be after what is only there for that network.
pub(super) fn is_meant(from: &Url, to: &Url, written: &Url) -> bool {
    let has_same_port = to.port_or_known_default() == written.port_or_known_default();
    is_same_host(to, written) && (has_same_port || is_same_host(from, written))
}

/// Whether a person who wrote one of these addresses also wrote the other's host.
pub(super) fn is_same_host(one: &Url, other: &Url) -> bool {
    one.host() == other.host()
}

/// Whether an address is of this machine, its network, or of a network that only a provider has, also when written inside an
/// IPv6 address. Of the registries of RFC 6890 those for documentation and for nowhere are left out: nobody answers there.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a == 192 && b == 0 && c == 0)
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let inside = |high: u16, low: u16| is_private_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match [a, b, c, d, e, f] {
        // `::`, `::1` and IPv4-compatible; IPv4-mapped; IPv4-translated
        [0, 0, 0, 0, 0, 0] => g == 0 || inside(g, h),
        [0, 0, 0, 0, 0, 0xffff] | [0, 0, 0, 0, 0xffff, 0] => inside(g, h),
        // NAT64, RFC 6052 and RFC 8215
        [0x64, 0xff9b, 0, 0, 0, 0] => inside(g, h),
        [0x64, 0xff9b, 1, ..] => true,
        // 6to4 carries an IPv4 address, Teredo a hidden one
        [0x2002, high, low, ..] => inside(high, low),
        [0x2001, 0, ..] => true,
        // unique local, link-local, site-local, multicast
        _ => a & 0xfe00 == 0xfc00 || a & 0xffc0 == 0xfe80 || a & 0xffc0 == 0xfec0 || a & 0xff00 == 0xff00,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn private_addresses_are_known_in_every_dress() {
        let check = |host: &str, expected: bool| {
            let url = url(&format!("http://{host}/"));
            let seen = match url.host() {
                Some(Host::Ipv4(ip)) => is_private(IpAddr::V4(ip)),
                Some(Host::Ipv6(ip)) => is_private(IpAddr::V6(ip)),
                _ => panic!("{host} is a number"),
            };
            assert_eq!(seen, expected, "{host}");
        };
        let private = "127.0.0.1 127.255.0.9 2130706433 0x7f000001 0177.0.0.1 127.1 10.1.2.3 172.16.0.1 172.31.255.255 \
                       192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1 198.18.0.1 192.0.0.8 [::1] [::] \
                       [::ffff:127.0.0.1] [::ffff:10.0.0.1] [::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b:1::1] [2002:7f00:1::] \
                       [2001:0:1::1] [fc00::1] [fd12:3456::1] [fe80::1] [fec0::1] [ff02::1] [::ffff:0:10.0.0.1]";
        private.split(' ').for_each(|host| check(host, true));
        let public = "1.1.1.1 172.32.0.1 100.128.0.1 192.0.2.1 [2606:4700::1111] [64:ff9b::1.1.1.1] [::ffff:8.8.8.8]";
        public.split(' ').for_each(|host| check(host, false));
    }

    #[test]
    fn a_redirect_leads_only_where_the_person_or_the_public_goes() {
        let check = |written: &str, from: &str, to: &str, expected: &str| {
            let seen = check_redirect(&url(from), &url(to), &url(written)).map_or_else(|error| error.to_string(), |()| "ok".into());
            assert!(seen.starts_with(expected), "{from} -> {to}: {seen}");
        };
        let news = "https://news.example/feed";
        check(news, news, "https://other.example/feed", "ok");
        check("http://news.example/", "http://news.example/", "https://news.example/", "ok");
        check(news, news, "http://news.example/feed", "redirected from https to http at news.example");
        check(news, news, "file:///etc/passwd", "redirected to a `file` address");
        check(news, news, "gopher://news.example/", "redirected to a `gopher` address");
        check(news, news, "https://127.0.0.1/", "redirected to 127.0.0.1, a private address");
        check(news, news, "https://0x7f.1/", "redirected to 127.0.0.1, a private address");
        check(news, news, "https://localhost/", "redirected to localhost, a private address");
        check(news, news, "https://api.localhost./", "redirected to api.localhost., a private address");
        check(news, news, "https://[::ffff:10.0.0.1]/", "redirected to [::ffff:a00:1], a private address");
        let home = "http://192.168.1.5:8080/feed";
        check(home, home, "http://192.168.1.5:9090/feed", "ok");
        check(home, home, "http://192.168.1.6/feed", "redirected to 192.168.1.6, a private address");
        check("http://nas.local:5000/", "http://nas.local:5000/", "https://nas.local:5001/", "ok");
        check("https://192.168.1.5:8443/", "https://news.example/", "https://192.168.1.5:8443/new", "ok");
        check("https://192.168.1.5/", "https://news.example/", "https://192.168.1.5:443/new", "ok");
        check(home, "https://news.example/", "https://192.168.1.5/", "redirected to 192.168.1.5, a private address");
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        let check = |text: &str, expected: bool| assert_eq!(is_this_machine(&url(text)), expected, "{text}");
        check("http://localhost:8000/", true);
        check("http://LOCALHOST./", true);
        check("http://feeds.localhost/", true);
        check("http://127.0.0.1/", true);
        check("http://[::1]/", true);
        check("http://192.168.1.1/", false);
        check("http://localhost.example/", false);
    }
}
