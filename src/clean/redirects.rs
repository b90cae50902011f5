//! Pages whose only work is to send the reader on and to count that: the address behind one, where it stands in the link itself.
//! It must ask nobody, and leave alone what earns an author money.

use url::Url;

use crate::domain::address::is_host_in;

/// Redirections behind one another that are followed.
const MAX_STEPS: usize = 3;

/// The end of a host's name, how the path begins, the parameters that hold the address.
const REDIRECTORS: &[(&str, &str, &[&str])] = &[
    ("google.com", "/url", &["q", "url"]),
    ("l.facebook.com", "/l.php", &["u"]),
    ("lm.facebook.com", "/l.php", &["u"]),
    ("l.instagram.com", "/", &["u"]),
    ("l.threads.net", "/", &["u"]),
    ("out.reddit.com", "/", &["url"]),
    ("youtube.com", "/redirect", &["q"]),
    ("t.umblr.com", "/redirect", &["z"]),
    ("linkedin.com", "/redir/redirect", &["url"]),
    ("vk.com", "/away.php", &["to"]),
    ("steamcommunity.com", "/linkfilter", &["u", "url"]),
    ("getpocket.com", "/redirect", &["url"]),
    ("duckduckgo.com", "/l/", &["uddg"]),
    ("slack-redir.net", "/link", &["url"]),
    ("exit.sc", "/", &["url"]),
    ("link.zhihu.com", "/", &["target"]),
    ("safelinks.protection.outlook.com", "/", &["url"]),
];

/// Where a link leads in the end, as far as its address says.
pub(super) fn behind(mut url: Url) -> Url {
    for _ in 0..MAX_STEPS {
        match target(&url) {
            Some(target) => url = target,
            None => break,
        }
    }
    url
}

fn target(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let (_, _, names) = REDIRECTORS.iter().find(|(end, path, _)| is_host_in(host, end) && url.path().starts_with(path))?;
    let value = |name: &&str| url.query_pairs().find(|(found, _)| found == *name).map(|(_, value)| value.into_owned());
    let target = names.iter().find_map(value).and_then(|value| Url::parse(value.trim()).ok())?;
    (matches!(target.scheme(), "http" | "https") && target.has_host()).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_page_that_is_meant() {
        let check = |address: &str, expected: &str| assert_eq!(behind(Url::parse(address).expect("an address")).as_str(), expected);
        check("https://www.google.com/url?sa=t&q=https%3A%2F%2Fa.example%2Fx%3Fb%3D1&usg=y", "https://a.example/x?b=1");
        check("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=AT1", "https://a.example/");
        check("https://out.reddit.com/t3_1?url=https%3A%2F%2Fa.example%2Fx&token=y", "https://a.example/x");
        check(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttp%3A%2F%2Fa.example%2F",
            "http://a.example/",
        );
    }

    #[test]
    fn other_links_are_left() {
        for address in [
            "https://www.google.com/search?q=https://a.example/",
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://www.google.com/url?q=a.example",
            "https://notgoogle.com/url?q=https://a.example/",
            "https://shop.example/away?url=https://a.example/",
        ] {
            assert_eq!(behind(Url::parse(address).expect("an address")).as_str(), address);
        }
    }
}
