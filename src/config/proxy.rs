//! Whether what is named as a proxy can be one, in the settings or in the environment. Where one is named that cannot, nothing
//! may be asked past it: who names a proxy may have a reason.

use crate::domain::settings::{EnvironmentProxies, FetchSettings};

/// What a proxy may speak; `socks4a` and `socks5h` leave it to the proxy to look up names.
const SCHEMES: &[&str] = &["http", "https", "socks4", "socks4a", "socks5", "socks5h"];
/// The variables that name proxies; of each pair the first that is set counts.
const VARIABLES: [[&str; 2]; 3] = [["HTTPS_PROXY", "https_proxy"], ["HTTP_PROXY", "http_proxy"], ["ALL_PROXY", "all_proxy"]];
/// Signs of an address besides letters and digits; with others the HTTP client takes a proxy for none, without a word.
const SIGNS: &[u8] = b"-._~!$&'()*+,;=:@%/?[]";

/// Whether the HTTP client can use it; without a scheme it means `http`.
pub(super) fn is_proxy(text: &str) -> bool {
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || SIGNS.contains(&byte));
    let (person, host) = rest.rsplit_once('@').unwrap_or(("", rest));
    let is_host = url::Url::parse(&format!("http://{host}")).is_ok_and(|url| url.has_host()) && !host.starts_with('/');
    SCHEMES.contains(&scheme) && is_plain && is_host && !person.contains(['@', '[', ']', '/', '?'])
}

/// Takes note of the proxies that the environment names, and of one that cannot be used, where the settings leave it to the environment.
/// Its value is not told: it may have a password.
pub fn check_environment(settings: &mut FetchSettings, variable: impl Fn(&str) -> Option<String>) {
    if !settings.proxy.is_empty() || settings.unusable_proxy.is_some() {
        return;
    }
    let first = |names: [&'static str; 2]| names.into_iter().find_map(|name| Some((name, variable(name)?)));
    let set = VARIABLES.map(|names| first(names).filter(|(_, value)| !value.is_empty()));
    settings.environment = EnvironmentProxies {
        has_https: set[0].is_some() || set[2].is_some(),
        has_http: set[1].is_some() || set[2].is_some(),
        except: first(["NO_PROXY", "no_proxy"]).map(|(_, value)| value).unwrap_or_default(),
    };
    let wrong = set.into_iter().flatten().find(|(_, value)| !is_proxy(value));
    settings.unusable_proxy = wrong.map(|(name, _)| {
        format!(
            "the proxy in the environment variable {name} cannot be used: it must be an address like \
             \"socks5h://localhost:1080\" or \"http://proxy.example:3128\"; mend or unset it"
        )
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_what_the_client_can_use() {
        let check = |text: &str, expected: bool| assert_eq!(is_proxy(text), expected, "{text}");
        let proxies = "http://proxy.example:3128 http://proxy.example:3128/ https://p socks5h://localhost:1080 socks4://127.0.0.1:1 \
                       proxy.example:3128 proxy.example http://me:p%20w@proxy.example http://[::1]:3128";
        proxies.split(' ').for_each(|text| check(text, true));
        let others = "bogus://x:1 sock5://127.0.0.1:9050 http:// http://proxy:99999 /proxy SOCKS5://p http://m|e:pw@p http://a@b@c";
        others.split(' ').for_each(|text| check(text, false));
        check(" http://proxy.example", false);
        check("http://münchen.example", false);
    }

    #[test]
    fn a_proxy_of_the_environment_that_cannot_be_used_is_named_without_its_value() {
        let check = |proxy: &str, variables: &[(&str, &str)], expected: Option<&str>| {
            let mut settings = FetchSettings { proxy: proxy.into(), ..FetchSettings::default() };
            let variable = |name: &str| variables.iter().find(|(its, _)| *its == name).map(|(_, value)| value.to_string());
            check_environment(&mut settings, variable);
            let named = settings.unusable_proxy.as_deref();
            assert_eq!(named.is_some(), expected.is_some(), "{named:?}");
            assert!(named.is_none_or(|named| named.contains(expected.unwrap_or_default()) && !named.contains("hush")), "{named:?}");
        };
        check("", &[], None);
        check("", &[("http_proxy", "bogus://me:hush@x:1")], Some("environment variable http_proxy cannot be used"));
        check("", &[("ALL_PROXY", "sock5://x:1")], Some("variable ALL_PROXY cannot"));
        check("", &[("HTTP_PROXY", "http://p:1"), ("http_proxy", "bogus://x:1"), ("HTTPS_PROXY", "")], None);
        check("none", &[("http_proxy", "bogus://x:1")], None);
        check("http://p:1", &[("http_proxy", "bogus://x:1")], None);
    }
}
